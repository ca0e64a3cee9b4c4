#!/usr/bin/env node
// The `countersign` command. `connect` goes straight to the relay, other than for a person who asks what it is.
'use strict';

// Without a handler SIGUSR1 opens a debugger, through which any program could act as this one.
process.on('SIGUSR1', () => {});

const { bundleFile, isReady, launch } = require('../launcher.cjs');

const args = process.argv.slice(2);
if (args[0] !== 'connect' || args[1] === '--help' || args[1] === '-h') {
  launch('countersign', 'cli.mjs', args);
} else if (isReady()) {
  // The usual case for a client: the relay runs right here, which saves a second start of Node.
  const bundle = bundleFile('countersign', 'relay.cjs');
  process.argv = [process.execPath, bundle, ...args.slice(1)];
  require(bundle);
} else {
  launch('countersign', 'relay.cjs', args.slice(1));
}
