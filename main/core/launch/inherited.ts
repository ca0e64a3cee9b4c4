/** The variables a server takes over from Countersign's own environment; every other one stays behind. */

const POSIX = [
  'HOME',
  'LANG',
  'LANGUAGE',
  'LC_ALL',
  'LC_COLLATE',
  'LC_CTYPE',
  'LC_MESSAGES',
  'LC_MONETARY',
  'LC_NUMERIC',
  'LC_TIME',
  'LOGNAME',
  'PATH',
  'SHELL',
  'TERM',
  'TMPDIR',
  'TZ',
  'USER',
] as const;

const WINDOWS = [
  'APPDATA',
  'COMSPEC',
  'HOMEDRIVE',
  'HOMEPATH',
  'LOCALAPPDATA',
  'NUMBER_OF_PROCESSORS',
  'OS',
  'PATH',
  'PATHEXT',
  'PROCESSOR_ARCHITECTURE',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
  'SYSTEMDRIVE',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'USERNAME',
  'USERPROFILE',
  'WINDIR',
] as const;

/** How this machine reaches the network: without them nothing downloads behind a company's proxy or certificate. */
const NETWORK = [
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'NO_PROXY',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
] as const;

const NAMES = { posix: [...POSIX, ...NETWORK].sort(), windows: [...WINDOWS, ...NETWORK].sort() };

/**
 * Names that are inherited, in order. The list is fixed whether or not a variable is set, so that starting Countersign
 * from a terminal or from a menu makes the same launch. Loader and runtime variables (LD_PRELOAD, NODE_OPTIONS),
 * addresses of agents and buses, and tokens are not on it.
 */
export function inheritedNames(platform: string): readonly string[] {
  return platform === 'win32' ? NAMES.windows : NAMES.posix;
}

/**
 * The inherited part of a server's environment. Exported shell functions stay behind, and so do entries of the PATH
 * that hang on the working directory (SECURITY.md rule 7).
 */
export function inheritedEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of inheritedNames(platform)) {
    const value = environment[name] ?? (platform === 'win32' ? anyCase(environment, name) : undefined);
    if (value === undefined || value.startsWith('()')) continue;
    kept[name] = name === 'PATH' ? absoluteEntries(value, platform) : value;
  }
  return kept;
}

/** The entries of a PATH that are absolute. */
export function absoluteEntries(path: string, platform: string): string {
  const [separator, absolute] = platform === 'win32' ? [';', /^([a-z]:)?[\\/]/i] : [':', /^\//];
  return path
    .split(separator)
    .filter((entry) => absolute.test(entry))
    .join(separator);
}

function anyCase(environment: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const found = Object.keys(environment).find((key) => key.toUpperCase() === name);
  return found === undefined ? undefined : environment[found];
}
