/**
 * Property tests draw new samples at every run. In CI they are the same each time, so that a red run is about the
 * change and not about the draw; what a draw elsewhere finds becomes an example of its own.
 */
import fc from 'fast-check';

if (process.env.CI !== undefined) fc.configureGlobal({ seed: 20261121 });
