import { existsSync } from 'node:fs';
import { TRACKED } from '../../adapters/process/tracked.ts';
import type { Folders } from '../../adapters/system/paths.ts';
import { DISK_WORDS, roomText } from '../../contract/disk.ts';
import { Refused } from '../../contract/refusal.ts';
import type { DaemonStatus, DoctorCheck } from '../../contract/status.ts';
import type { Core } from './core.ts';
import type { ProductFiles } from './productFiles.ts';

export interface DoctorParts {
  readonly status: DaemonStatus;
  readonly core: Core | null;
  readonly folders: Folders;
  readonly product: ProductFiles;
}

type Check = Omit<DoctorCheck, 'fix'> & { fix?: string };

/** Looks at everything the protection rests on, and says what to do about what is not well. */
export async function examine(parts: DoctorParts): Promise<DoctorCheck[]> {
  const checks: Check[] = [
    node(),
    keys(parts),
    approver(parts),
    disk(parts),
    ...(await ledger(parts)),
    ...files(parts),
    policy(parts),
    isolation(parts),
    sandbox(parts),
    ...(await secrets(parts)),
    page(parts),
  ];
  return checks.map((check) => ({ ...check, fix: check.fix ?? null }));
}

function node(): Check {
  const major = Number(process.versions.node.split('.')[0]);
  const found = `Node ${process.versions.node}`;
  if (major >= 24) return { id: 'node', title: 'Node', state: 'ok', found };
  return { id: 'node', title: 'Node', state: 'failed', found, fix: 'Install Node 24 or newer.' };
}

const KEYS_FIX = {
  keychain: 'Unlock it, then choose “Look again” in the app, or start the daemon again.',
  vault: 'Open the vault: type the passcode in the app, or start the daemon on a terminal.',
  none: 'Choose a passcode for a vault; or start a Secret Service, then “Look again” in the app.',
} as const;

function keys({ status: { keystore } }: DoctorParts): Check {
  const base = {
    id: 'keys',
    title: 'Keys and secrets',
    found: `${keystore.kind}, ${keystore.state}: ${keystore.detail}`,
  };
  if (keystore.state !== 'ready') return { ...base, state: 'failed', fix: KEYS_FIX[keystore.kind] };
  if (keystore.kind === 'keychain') return { ...base, state: 'ok' };
  return {
    ...base,
    state: 'warning',
    fix: 'The vault is sealed with the passcode. For a real keychain install gnome-keyring and log in to a desktop session.',
  };
}

function approver({ status: { mode, passcode }, product }: DoctorParts): Check {
  const base = { id: 'approver', title: 'Who approves' };
  if (mode === 'app')
    return {
      ...base,
      state: 'ok',
      found: product.packaged
        ? 'the approval window'
        : 'the approval window (this is a checkout: whoever starts its daemon may stand in for the app)',
    };
  if (mode === 'headless')
    return { ...base, state: 'ok', found: `the passcode, at a terminal or in the browser (${passcode})` };
  return {
    ...base,
    state: 'failed',
    found: 'nobody: whatever has to be asked is denied',
    fix: 'Open the app, or start the daemon on a terminal and choose a passcode.',
  };
}

function disk({ status: { disk }, folders }: DoctorParts): Check {
  const { state, free } = disk;
  const base = { id: 'disk', title: 'Disk' };
  if (state === 'lost')
    return {
      ...base,
      state: 'failed',
      found: `the file system of ${folders.state} does not answer. ${DISK_WORDS.lost}`,
      fix: 'Mount it again, or look at what the system says of the disk.',
    };
  const found = `${roomText(free)} in ${folders.state}`;
  if (state === 'enough') return { ...base, state: 'ok', found };
  return {
    ...base,
    state: state === 'low' ? 'warning' : 'failed',
    found: `${found}. ${DISK_WORDS[state]}`,
    fix: 'Free some space there. Countersign drops nothing by itself; "countersign audit retention" says what it may.',
  };
}

async function ledger({ core }: DoctorParts): Promise<Check[]> {
  if (!core) return [];
  const base = { id: 'ledger', title: 'Ledger' };
  const report = await core.reader.verify().catch((error: unknown) => {
    // On a full disk, just when somebody looks, there may be no room to read it either.
    if (error instanceof Refused) return error.refusal;
    throw error;
  });
  if ('code' in report)
    return [
      {
        ...base,
        state: 'failed',
        found: `it cannot be read now (${report.detail ?? report.code})`,
        fix: 'Look at the disk first.',
      },
    ];
  const { ok, records, signed, fault } = report;
  if (ok) return [{ ...base, state: 'ok', found: `${records} records hold, ${signed} of them signed` }];
  return [
    {
      ...base,
      state: 'failed',
      found: fault?.message ?? 'it does not hold',
      fix: 'Keep the state folder as it is for whoever investigates.',
    },
  ];
}

/** Faults in force, those of one kind together. */
export function files({ status: { problems } }: Pick<DoctorParts, 'status'>): Check[] {
  const title = 'Configuration';
  if (problems.length === 0) return [{ id: 'problems', title, state: 'ok', found: 'every file can be used' }];
  const kinds = Map.groupBy(problems, ({ code }) => code);
  return [...kinds].map(([code, same]) => ({
    id: `problems ${code}`,
    title,
    state: 'failed',
    found: [...same.slice(0, 1).map(({ message }) => message), ...same.flatMap(({ detail }) => detail ?? [])].join(
      '\n',
    ),
    fix: same[0]?.fix ?? '',
  }));
}

function policy({ core }: DoctorParts): Check {
  const base = { id: 'policy', title: 'Policy' };
  const state = core?.policy.state();
  if (!state) return { ...base, state: 'warning', found: 'not loaded without keys', fix: 'Unlock the vault.' };
  if (!state.proposal) return { ...base, state: 'ok', found: `${state.files.length} files in force` };
  return {
    ...base,
    state: 'warning',
    found: 'edited files wait for a person',
    fix: 'Look at the difference: "countersign policy show", then "countersign policy accept".',
  };
}

function isolation({ core }: DoctorParts): Check {
  const base = { id: 'isolation', title: 'Process trees' };
  if (!core) return { ...base, state: 'warning', found: 'not known without keys', fix: 'Unlock the vault.' };
  if (process.platform !== 'linux' || core.isolation !== TRACKED)
    return { ...base, state: 'ok', found: `held by ${core.isolation}` };
  return {
    ...base,
    state: 'warning',
    found: 'held by a watchdog that follows marks',
    fix: 'Install bubblewrap and allow user namespaces: the kernel then ends whole trees by itself.',
  };
}

function sandbox({ status: { confines } }: DoctorParts): Check {
  const base = { id: 'sandbox', title: 'Sandbox' };
  if (confines === null)
    return { ...base, state: 'warning', found: 'not known without keys', fix: 'Unlock the vault.' };
  if (confines) {
    return { ...base, state: 'ok', found: 'each server is kept to what its review says it reaches (bubblewrap)' };
  }
  return {
    ...base,
    state: 'warning',
    found: 'none that works here: a server reads and changes whatever your account can, and each review says so',
    fix:
      process.platform === 'linux'
        ? 'Install bubblewrap and allow user namespaces, then start Countersign again; every launch asks anew.'
        : 'There is none for this system yet: give servers few credentials, and run what you do not trust in a container.',
  };
}

/** What a person should do about secrets, the worst of each. */
async function secrets({ core }: DoctorParts): Promise<Check[]> {
  if (!core) return [];
  const list = await core.secrets.list();
  const found = list.flatMap(({ name, concerns: [worst] }) =>
    worst === undefined || worst.id === 'shared' || worst.id === 'unused' ? [] : [`${name}: ${worst.text}`],
  );
  const base = { id: 'secrets', title: 'Secrets' };
  if (found.length === 0) return [{ ...base, state: 'ok', found: `${list.length} kept, none of them due` }];
  return [{ ...base, state: 'warning', found: found.join(' '), fix: 'Look at them: "countersign secrets list".' }];
}

function page({ product }: DoctorParts): Check {
  const base = { id: 'interface', title: 'Interface' };
  if (existsSync(`${product.renderer}/index.html`)) return { ...base, state: 'ok', found: product.renderer };
  return { ...base, state: 'failed', found: `${product.renderer} is missing`, fix: 'Run "npm run prepare".' };
}
