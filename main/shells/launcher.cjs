// Starts a program of ours on a Node that can run it. Plain old JavaScript on purpose: it also runs on the Node 20 that
// a client may put first on the PATH, finds a Node 24 and gives it the right bundle.
'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');

/** What could make a program of ours run other code, or talk to a debugger. */
const FOREIGN = ['NODE_OPTIONS', 'NODE_REPL_EXTERNAL_MODULE', 'NODE_V8_COVERAGE', 'ELECTRON_RUN_AS_NODE'];

const project = join(__dirname, '..', '..');

/** Whether this process itself can run a bundle, untouched by options from outside. */
function isReady() {
  return isNew() && process.execArgv.length === 0 && FOREIGN.every((name) => process.env[name] === undefined);
}

function isNew() {
  return Number.parseInt(process.versions.node, 10) >= 24;
}

/** The first Node of major version 24 or newer: this one, or the one installed beside us; null without one. */
function findNode() {
  if (isNew()) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = join(`node-${platform}-${process.arch}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return [join(project, 'node_modules', file), join(project, '..', file)].find(existsSync) || null;
}

/** The file of a bundle; ends the process with the way to get it when it is missing. */
function bundleFile(command, name) {
  const bundle = join(project, 'dist', name);
  if (!existsSync(bundle)) stop(command, `${bundle} is missing. Run "npm run prepare" in ${project}.`);
  return bundle;
}

/** Runs a bundle in a new process that no option of this one's environment reaches, and ends as it ends. */
function launch(command, name, args) {
  const bundle = bundleFile(command, name);
  const node = findNode();
  if (node === null) {
    const { version } = process;
    stop(
      command,
      `Node 24 or newer is needed, this is ${version}. Install it from https://nodejs.org, or run "npm ci" again.`,
    );
  }
  const env = { ...process.env };
  for (const foreign of FOREIGN) delete env[foreign];
  const argv = ['--disable-sigusr1', bundle, ...args];
  const child = require('node:child_process').spawn(node, argv, { stdio: 'inherit', env });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => stop(command, `${node} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    for (const one of signals) process.removeAllListeners(one);
    process.kill(process.pid, signal);
  });
}

function stop(command, message) {
  process.stderr.write(`${command}: ${message}\n`);
  process.exit(1);
}

module.exports = { isReady, bundleFile, launch };
