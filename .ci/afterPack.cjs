// Lays beside the app's archive what plain Node runs: bundles, native modules, the command's launcher and Node itself.
'use strict';

const { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { Arch } = require('electron-builder');

const FOLDERS = { darwin: 'darwin', linux: 'linux', win32: 'win' };

/** Folders and files of the project, each with what of it stays behind. */
const parts = (node) => [
  ['package.json'],
  ['dist', /^(electron|preload|collector)$|gallery/],
  ['main/shells/launcher.cjs'],
  ['main/shells/cli/bin.cjs'],
  ['main/shells/verify/bin.cjs'],
  ['resources/policies'],
  ['node_modules/better-sqlite3', /^(deps|src|binding\.gyp)$/],
  ['node_modules/keytar', /^(src|script|build|binding\.gyp)$/],
  ['node_modules/@cedar-policy/cedar-wasm', /^(esm|web)$/],
  [`node_modules/${node}`, /^(include|share|CHANGELOG\.md)$/],
];

module.exports = async ({ appOutDir, packager, electronPlatformName, arch }) => {
  const resources = packager.getResourcesDir(appOutDir);
  const target = join(resources, 'countersign');
  const node = `node-${FOLDERS[electronPlatformName]}-${Arch[arch]}`;
  if (!existsSync(join(packager.projectDir, 'node_modules', node))) throw new Error(`${node} is not installed.`);
  for (const [part, without] of parts(node)) {
    mkdirSync(dirname(join(target, part)), { recursive: true });
    const root = join(packager.projectDir, part);
    const kept = (file) =>
      !without?.test(file.slice(root.length + 1).split(/[\\/]/)[0]) && !/(gallery|console)\.html$/.test(file);
    cpSync(root, join(target, part), {
      recursive: true,
      dereference: true,
      filter: (file) => file === root || kept(file),
    });
  }
  // Read by the daemon: a package ignores every development switch.
  writeFileSync(join(target, 'PACKAGED'), '');
  // A runtime that came with a loader of its own must not keep it.
  rmSync(join(resources, 'app'), { recursive: true, force: true });
};
