// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a reference to a secret is written
import { Masker } from '../../core/egress/masker.ts';
import { SECRET_RULES } from '../../core/egress/secretRules.ts';
import { openSandbox } from '../sandbox/sandbox.ts';
import { openLaunchDesk } from './desk.ts';
import {
  MemoryFiles,
  MemoryLedger,
  MemoryRegistry,
  MemorySecrets,
  MemoryText,
  memoryKeys,
  memoryPackages,
  plainSyntax,
  sha256,
} from './fixtures.ts';
import { openServersConfig } from './serversConfig.ts';

/** A server of one file, with a secret in its environment. */
export const notes = {
  command: 'notes',
  args: ['--import=./hook.mjs', 'data.db'],
  cwd: '/srv',
  env: { TOKEN: '${keychain:NOTES}', AUTH: 'Bearer ${keychain:NOTES}', LEVEL: 'info' },
};
const tree = {
  '/srv': null,
  '/srv/hook.mjs': 'hook',
  '/srv/data.db': 'rows',
  '/usr/bin/notes': '→ /opt/notes/cli.js',
  '/opt/notes/cli.js': '#!/usr/bin/env node\ncode',
  '/usr/bin/env': '\x7fELF env',
  '/usr/bin/node': '\x7fELF node',
};

/** A desk over neighbours in memory, with one server called `notes`. */
export async function openDesk(
  entry: object = notes,
  { keys = memoryKeys as typeof memoryKeys | null, registry = new MemoryRegistry() } = {},
) {
  const text = (definition: object) => JSON.stringify({ mcpServers: { notes: definition } });
  const file = new MemoryText(text(entry));
  const ledger = new MemoryLedger();
  const files = new MemoryFiles({ ...tree });
  const secrets = new MemorySecrets({ NOTES: 's3cret' });
  const config = await openServersConfig({
    file,
    syntax: plainSyntax,
    sealed: ledger,
    keys: memoryKeys,
    audit: ledger,
    history: ledger,
  });
  const desk = openLaunchDesk({
    config,
    files,
    sealed: ledger,
    secrets,
    keys,
    clock: { now: () => '2026-11-21T03:17:00.000123Z', later: () => '', monotonic: () => 0, after: () => () => {} },
    masker: () => new Masker([], SECRET_RULES),
    sha256,
    packages: memoryPackages(registry),
    node: '/usr/bin/node',
    environment: { PATH: 'bin:/usr/bin', HOME: '/home/me', NODE_OPTIONS: '--evil', AWS_SECRET: 'x' },
    platform: 'linux',
    isolation: 'process group',
    sandbox: openSandbox({
      enforced: true,
      home: '/home/me',
      own: ['/state'],
      work: '/state/work',
      realPath: async (path) => path,
      isProgram: async () => false,
    }),
  });
  const edit = async (definition: object) => {
    file.edit(text(definition));
    await config.reload();
  };
  const agree = async () => {
    const { digest } = await desk.review('notes');
    await desk.consent('notes', digest as string, { person: 'me', via: 'window' });
  };
  return { desk, config, ledger, files, secrets, edit, agree };
}

export const refused = (code: string) => ({ refusal: { code } });
