#!/usr/bin/env node
// The `countersign-verify` command.
'use strict';

process.on('SIGUSR1', () => {});

require('../launcher.cjs').launch('countersign-verify', 'verify.mjs', process.argv.slice(2));
