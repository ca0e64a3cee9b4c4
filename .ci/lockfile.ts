/**
 * Completes package-lock.json after an install from a registry that does not carry every platform's packages: npm leaves
 * out the optional ones it could not look up, and `npm ci` then refuses the file everywhere. Their entries are written
 * from what their parents ask for; each platform still fetches only its own.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Entry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const ALIASES: Readonly<Record<string, string>> = {
  win: 'win32',
  armv7: 'arm',
  armv7l: 'arm',
  gnueabihf: 'arm',
  ppc64le: 'ppc64',
};

const file = join(import.meta.dirname, '..', 'package-lock.json');
const lock: { packages: Record<string, Entry> } = JSON.parse(readFileSync(file, 'utf8'));

let added = 0;
for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const locked = lookUp(path, name);
    if (locked !== undefined && suits(locked.version, range)) continue;
    const place = locked === undefined ? '' : `${path}/`;
    lock.packages[`${place}node_modules/${name}`] = {
      ...platformOf(name, range),
      ...(dev ? { dev } : {}),
      optional: true,
    };
    added += 1;
  }
}
const paths = Object.keys(lock.packages).sort((a, b) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(paths.map((path) => [path, lock.packages[path] as Entry]));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} entries added`);

/** The entry that Node's look-up from `path` finds for the name. */
function lookUp(path: string, name: string): Entry | undefined {
  for (let folder = path; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('node_modules/') - 1, 0))) {
    const found = lock.packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`];
    if (found !== undefined || folder === '') return found;
  }
}

/** Parents name the exact version of their platform packages; any other range is left to npm. */
function suits(version: string | undefined, range: string): boolean {
  return !/^\d/.test(range) || version === range;
}

/** The entry's version and platform, which such packages carry in their names. */
function platformOf(name: string, range: string): Entry {
  const words = name.split(/[/-]/).map((word) => ALIASES[word] ?? word);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : words.includes('gnu') ? ['glibc'] : [];
  return {
    version: range.replace(/^[\^~]/, ''),
    ...(os.length > 0 ? { os } : {}),
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(libc.length > 0 ? { libc } : {}),
  };
}
