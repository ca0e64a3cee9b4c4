// The desktop app as Playwright drives it: the shipped parts without the shipped entry, which refuses to be driven.
'use strict';

require('../../../dist/electron/desktop.cjs').openDesktop();
