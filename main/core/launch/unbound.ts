/** What a launch starts that nobody could find, so that no consent binds it (SECURITY.md rule 7). */
import type { LaunchFinding } from '../../contract/launch.ts';
import type { Start } from './reading.ts';
import { findingAt } from './word.ts';

/** `started` are those of which no file was found. */
export function unboundFindings(started: readonly Start[]): LaunchFinding[] {
  return started.map(({ role, word }) =>
    role === 'module'
      ? findingAt(
          'not-bound',
          'info',
          word,
          'This module is looked for at each start: what it holds is not part of what is agreed to.',
        )
      : findingAt(
          'not-bound',
          'warning',
          word,
          'This was not found, so what runs here is not part of what is agreed to.',
        ),
  );
}
