#!/usr/bin/env node
// The `countersign` command. Plain old JavaScript on purpose: it also runs on the Node 20 that a client may put
// first on the PATH, finds a Node 24 and gives it the right bundle. `connect` goes straight to the relay.
'use strict';

// Without a handler SIGUSR1 opens a debugger, through which any program could act as this one.
process.on('SIGUSR1', () => {});

const { existsSync } = require('node:fs');
const { join } = require('node:path');

/** What could make a program of ours run other code, or talk to a debugger. */
const FOREIGN = ['NODE_OPTIONS', 'NODE_REPL_EXTERNAL_MODULE', 'NODE_V8_COVERAGE', 'ELECTRON_RUN_AS_NODE'];

const project = join(__dirname, '..', '..', '..');
const args = process.argv.slice(2);
const connecting = args[0] === 'connect';
const bundle = join(project, 'dist', connecting ? 'relay.cjs' : 'cli.mjs');

/** The first Node of major version 24 or newer: this one, or the one installed beside us; null without one. */
function findNode() {
  if (isNew()) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = join(`node-${platform}-${process.arch}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return [join(project, 'node_modules', file), join(project, '..', file)].find(existsSync) || null;
}

function isNew() {
  return Number.parseInt(process.versions.node, 10) >= 24;
}

function untouched() {
  return process.execArgv.length === 0 && FOREIGN.every((name) => process.env[name] === undefined);
}

function stop(message) {
  process.stderr.write(`countersign: ${message}\n`);
  process.exit(1);
}

/** Runs the bundle in a new process that no option of this one's environment reaches. */
function start(node) {
  const env = { ...process.env };
  for (const name of FOREIGN) delete env[name];
  const argv = ['--disable-sigusr1', bundle, ...(connecting ? args.slice(1) : args)];
  const child = require('node:child_process').spawn(node, argv, { stdio: 'inherit', env });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => stop(`${node} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

const node = findNode();
if (node === null) {
  stop(
    `Node 24 or newer is needed, this is ${process.version}. Install it from https://nodejs.org, or run "npm ci" again.`,
  );
} else if (!existsSync(bundle)) {
  stop(`${bundle} is missing. Run "npm run prepare" in ${project}.`);
} else if (connecting && isNew() && untouched()) {
  // The usual case for a client: the relay runs right here, which saves a second start of Node.
  process.argv = [process.execPath, bundle, ...args.slice(1)];
  require(bundle);
} else {
  start(node);
}
