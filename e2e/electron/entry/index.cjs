// The desktop app as Playwright drives it: the shipped parts without the shipped entry, which refuses to be driven.
'use strict';

const { app } = require('electron');

// Playwright calls this once it is attached. No window opens earlier: it would lose sight of a page that loads meanwhile.
const attached = new Promise((resolve) => {
  globalThis.__playwright_run = resolve;
});
const ready = app.whenReady();
app.whenReady = () => Promise.all([ready, attached]).then(() => {});

require('../../../dist/electron/desktop.cjs').openDesktop();
