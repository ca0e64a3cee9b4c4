import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the parts of the product are that the desktop app opens or starts. */
export interface Programs {
  /** Node 24: the daemon never runs on Electron's own Node. */
  readonly node: string;
  readonly daemon: string;
  /** Folder with `index.html`, `approval.html` and `assets/`. */
  readonly renderer: string;
  readonly preload: { readonly app: string; readonly approval: string };
  readonly icons: string;
}

/**
 * Finds the parts from the folder of the bundle that asks (`dist/electron`). A package keeps what Node runs beside the
 * archive, under `resources/countersign`; a checkout keeps it in `dist`.
 */
export function findPrograms(bundle: string, packaged: boolean, resources: string): Programs {
  const dist = join(bundle, '..');
  const project = join(dist, '..');
  const outside = packaged ? join(resources, 'countersign') : project;
  return {
    node: findNode(outside),
    daemon: join(outside, 'dist', 'daemon.mjs'),
    renderer: join(dist, 'renderer'),
    preload: { app: join(dist, 'preload', 'app.cjs'), approval: join(dist, 'preload', 'approval.cjs') },
    icons: join(project, 'resources', 'icons'),
  };
}

/** The Node beside the product; where the platform has no such package, the one on the PATH. */
function findNode(folder: string): string {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const own = join(folder, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file);
  return existsSync(own) ? own : file;
}
