/** Where Countersign keeps its things (XDG base directories, macOS Library, Windows AppData). */
import { createHash } from 'node:crypto';
import { homedir, tmpdir, userInfo } from 'node:os';
import { posix, win32 } from 'node:path';

export interface Folders {
  /** `COUNTERSIGN_HOME` where that applies, otherwise the person's home folder. */
  readonly home: string;
  /** `servers.json`, `policies/`, `settings.json`. */
  readonly config: string;
  /** `state.db`, `ledger.db`, `connect.json`. */
  readonly state: string;
  /** The sockets; short enough for them. */
  readonly runtime: string;
  readonly logs: string;
  /** The daemon's socket: a path in `runtime`, or a pipe's name on Windows. */
  readonly socket: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, its end mark included. */
const SOCKET_PATH_BYTES = 100;
const SOCKET = 'countersign.sock';

/**
 * The folders for this environment and platform (`process.platform`). A packaged program ignores `COUNTERSIGN_HOME`
 * (SECURITY.md rule 4). Nothing is created or looked at.
 */
export function foldersFor(env: Environment, platform: string, packaged: boolean): Folders {
  const own = packaged ? undefined : env.COUNTERSIGN_HOME;
  const path = platform === 'win32' ? win32 : posix;
  const folders = own ? ownFolders(path.resolve(own), path) : platformFolders(env, platform);
  if (platform === 'win32') {
    return { ...folders, socket: `\\\\.\\pipe\\countersign-${shortHash(folders.state)}` };
  }
  const runtime =
    Buffer.byteLength(path.join(folders.runtime, SOCKET)) <= SOCKET_PATH_BYTES
      ? folders.runtime
      : shortRuntime(env, folders.runtime);
  return { ...folders, runtime, socket: path.join(runtime, SOCKET) };
}

type Places = Omit<Folders, 'socket'>;

function ownFolders(home: string, path: typeof posix): Places {
  return {
    home,
    config: path.join(home, 'config'),
    state: path.join(home, 'state'),
    runtime: path.join(home, 'run'),
    logs: path.join(home, 'logs'),
  };
}

function platformFolders(env: Environment, platform: string): Places {
  if (platform === 'win32') {
    const home = env.USERPROFILE ?? homedir();
    const roaming = env.APPDATA ?? win32.join(home, 'AppData', 'Roaming');
    const local = win32.join(env.LOCALAPPDATA ?? win32.join(home, 'AppData', 'Local'), 'Countersign');
    return {
      home,
      config: win32.join(roaming, 'Countersign'),
      state: win32.join(local, 'State'),
      runtime: win32.join(local, 'Run'),
      logs: win32.join(local, 'Logs'),
    };
  }
  const home = env.HOME || homedir();
  if (platform === 'darwin') {
    const support = posix.join(home, 'Library', 'Application Support', 'Countersign');
    return {
      home,
      config: posix.join(support, 'config'),
      state: posix.join(support, 'state'),
      runtime: posix.join(support, 'run'),
      logs: posix.join(home, 'Library', 'Logs', 'Countersign'),
    };
  }
  const state = posix.join(absolute(env.XDG_STATE_HOME) ?? posix.join(home, '.local', 'state'), 'countersign');
  const runtime = absolute(env.XDG_RUNTIME_DIR);
  return {
    home,
    config: posix.join(absolute(env.XDG_CONFIG_HOME) ?? posix.join(home, '.config'), 'countersign'),
    state,
    runtime: runtime ? posix.join(runtime, 'countersign') : shortRuntime(env, state),
    logs: posix.join(state, 'logs'),
  };
}

/** XDG: a relative path in one of its variables is to be ignored. */
function absolute(path: string | undefined): string | undefined {
  return path && posix.isAbsolute(path) ? path : undefined;
}

/** A folder of few bytes that belongs to `long` alone. */
function shortRuntime(env: Environment, long: string): string {
  const base = absolute(env.XDG_RUNTIME_DIR);
  if (base) return posix.join(base, `countersign-${shortHash(long)}`);
  // One level only: in the sticky temporary folder nobody else can rename it.
  return posix.join(tmpdir(), `countersign-${userInfo().uid}-${shortHash(long)}`);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
