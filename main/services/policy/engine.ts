/** The policies in force, what a person is asked to put into force, and the verdicts that follow. */
import { Refused } from '../../contract/errors.ts';
import type { Payload } from '../../contract/record.ts';
import type { Settings } from '../../contract/settings.ts';
import type { PolicyState } from '../../contract/status.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { utf8 } from '../../core/ledger/utf8.ts';
import { policyError } from '../../core/policy/derive.ts';
import { familiesOf } from '../../core/policy/families.ts';
import { policyTime } from '../../core/policy/time.ts';
import type { Actor } from '../actor.ts';
import type { AuditWriter, SealedRows } from '../audit/ports.ts';
import type { AcceptedPolicies } from './accepted.ts';
import { acceptedPolicies } from './accepted.ts';
import { filesDigest } from './digest.ts';
import type {
  Cedar,
  PolicyEngine,
  PolicyFault,
  PolicyFile,
  PolicyFiles,
  PolicyQuestion,
  PolicySource,
  PolicyTrials,
  ReadSettings,
  TriedPolicies,
} from './ports.ts';
import type { ReadFiles } from './proposal.ts';
import { fileChanges, readAccepted, readFiles, tightened } from './proposal.ts';
import { rememberReads } from './remember.ts';
import { Ruleset } from './ruleset.ts';

export interface PolicyDeps {
  readonly cedar: Cedar;
  readonly readSettings: ReadSettings;
  /** What Countersign ships with: the layer of server defaults, in order of precedence. */
  readonly defaults: readonly PolicySource[];
  readonly files: PolicyFiles;
  readonly rows: SealedRows;
  readonly audit: AuditWriter;
  /** SHA-256 of UTF-8 text, lower-case hexadecimal. */
  readonly sha256: (text: string) => string;
  /** RFC 3339. */
  readonly now: () => string;
  /** The IANA time zone that the day of policies is told in. */
  readonly zone: () => string;
}

const VOID =
  'The policies a person accepted were changed from outside, so nothing is let through until a person accepts policies again.';

/**
 * Opens the policies: defaults, what a person accepted, and the files as they are now.
 * Throws `Refused('CONFIG_INVALID')` when the defaults cannot be used.
 */
export async function openPolicies(deps: PolicyDeps): Promise<PolicyEngine & PolicyTrials> {
  const read = deps.defaults.map((source) => deps.cedar.read(source));
  const fault = read.flatMap(({ faults }) => faults)[0];
  if (fault !== undefined) throw invalid(fault);
  const defaults = read.flatMap(({ policies }) => policies);
  const engine = new Policies({ ...deps, cedar: rememberReads(deps.cedar) }, acceptedPolicies(deps.rows), defaults);
  await engine.check();
  return engine;
}

class Policies implements PolicyEngine, PolicyTrials {
  readonly #deps: PolicyDeps;
  readonly #accepted: AcceptedPolicies;
  readonly #defaults: ReadFiles['policies'];
  readonly #listeners = new Set<() => void>();
  readonly #unwatch: () => void;
  #settings: Settings;
  #inForce: { readonly rules: Ruleset; readonly version: string } | undefined;
  /** Why everything is denied: the accepted policies cannot be used, or the files could not be taken up. */
  #broken: string | null = null;
  #stuck: string | null = null;
  #unread: PolicyFault | null = null;
  #disk: readonly PolicyFile[] = [];
  #proposal: PolicyState['proposal'] = null;
  #proposed: readonly PolicySource[] = [];
  #faults: readonly PolicyFault[] = [];
  #reading: Promise<void> = Promise.resolve();
  /** What was recorded last, so that each finding is recorded once. */
  #noted = '';

  constructor(deps: PolicyDeps, accepted: AcceptedPolicies, defaults: ReadFiles['policies']) {
    this.#deps = deps;
    this.#accepted = accepted;
    this.#defaults = defaults;
    this.#settings = readAccepted(deps, []).settings;
    this.#apply();
    this.#unwatch = deps.files.onChange(() => void this.check());
  }

  familiesOf(server: string, tool: string): string[] {
    return familiesOf(this.#settings.families, server, tool);
  }

  settings(): Settings {
    return this.#settings;
  }

  decide: PolicyEngine['decide'] = (question) => {
    if (this.#inForce === undefined) return policyError(this.#broken ?? 'There is no policy in force.');
    const fault = this.#broken ?? this.#stuck;
    return fault === null ? ask(this.#inForce.rules, question) : policyError(fault);
  };

  trial(source: PolicySource | null): TriedPolicies {
    const others = this.#accepted.files().filter(({ file }) => file !== source?.file);
    const read = readFiles(this.#deps, source === null ? this.#proposed : [...others, source], []);
    if (read.faults[0] !== undefined) throw invalid(read.faults[0]);
    const rules = this.#rules(read);
    return { decide: (question) => ask(rules, question), close: () => rules.close() };
  }

  version(): string {
    return this.#inForce?.version ?? filesDigest([], this.#deps.sha256);
  }

  state(): PolicyState {
    const whole = [this.#broken, this.#stuck].filter((message) => message !== null);
    return {
      digest: this.version(),
      files: [...this.#deps.defaults, ...this.#accepted.files()],
      settings: this.#settings,
      proposal: this.#proposal,
      faults: [
        ...(this.#unread === null ? [] : [this.#unread]),
        ...this.#faults,
        ...whole.map((message) => ({ file: '', line: null, message })),
      ],
    };
  }

  accept(digest: string, by: Actor): void {
    if (this.#proposal?.digest !== digest) throw new Refused('NOT_FOUND', 'the policies have changed since');
    this.#replace(this.#proposed, 'accepted', by);
    this.#apply();
    this.#compare();
    this.#announce();
  }

  async check(): Promise<PolicyState> {
    this.#reading = this.#reading.then(() => this.#read());
    await this.#reading;
    return this.state();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#unwatch();
    this.#listeners.clear();
    this.#inForce?.rules.close();
    this.#inForce = undefined;
  }

  async #read(): Promise<void> {
    try {
      this.#disk = await this.#deps.files.read();
      this.#unread = null;
    } catch (error) {
      this.#unread = { file: '', line: null, message: `The policies cannot be read: ${words(error)}` };
    }
    try {
      this.#compare();
      this.#stuck = null;
    } catch (error) {
      // A forbid may be missing from what is in force.
      this.#stuck = `The policies on disk could not be taken up: ${words(error)}`;
    }
    this.#announce();
  }

  /** Holds the files against what was accepted: what only tightens comes into force, the rest becomes the proposal. */
  #compare(): void {
    const { sha256 } = this.#deps;
    const accepted = readFiles(this.#deps, this.#accepted.files(), this.#accepted.files());
    const disk = readFiles(this.#deps, this.#disk, this.#accepted.files());
    this.#faults = disk.faults;
    this.#proposed = disk.files;
    if (!this.#accepted.void()) this.#tighten(tightened(accepted, disk));
    const files = fileChanges(this.#accepted.files(), disk.files);
    const open = files.length > 0 || this.#broken !== null;
    this.#proposal = open ? { files, digest: filesDigest(disk.files, sha256) } : null;
    this.#note();
  }

  #tighten(files: readonly PolicySource[]): void {
    if (fileChanges(this.#accepted.files(), files).length === 0) return;
    this.#replace(files, 'tightened', { via: 'file' });
    this.#apply();
  }

  /** Takes these files for accepted; the record has what they said before and say now. */
  #replace(files: readonly PolicySource[], event: 'accepted' | 'tightened', by: Actor): void {
    const { sha256 } = this.#deps;
    const before = this.#accepted.files();
    const changes = fileChanges(before, files);
    const digests = { policy: filesDigest(files, sha256), before: filesDigest(before, sha256) };
    const draft = { type: 'policy', event, ...by, digests, detail: namesOf(changes) } as const;
    this.#accepted.replace(files, draft, subjectOf(changes));
  }

  /** Swaps in the rules of what is accepted now; when they cannot be used, everything is denied. */
  #apply(): void {
    const { defaults, sha256 } = this.#deps;
    const before = this.#inForce?.rules;
    try {
      const files = this.#accepted.files();
      const read = readAccepted(this.#deps, files);
      const fault = read.faults[0];
      if (fault !== undefined) throw new Error(`${fault.file}: ${fault.message}`);
      this.#inForce = { rules: this.#rules(read), version: filesDigest([...defaults, ...files], sha256) };
      this.#settings = read.settings;
      this.#broken = this.#accepted.void() ? VOID : null;
      before?.close();
    } catch (error) {
      this.#broken = `The accepted policies cannot be used: ${words(error)}`;
    }
  }

  #rules({ policies, settings }: Pick<ReadFiles, 'policies' | 'settings'>): Ruleset {
    const { cedar, now, zone } = this.#deps;
    const time = (at: string | undefined) => policyTime(at ?? now(), zone());
    return new Ruleset(cedar, [...policies, ...this.#defaults], { settings, time });
  }

  /** Records what was found, each finding once; it changes nothing, so a ledger that is full does not stop it. */
  #note(): void {
    const found = JSON.stringify([this.#faults, this.#proposal?.digest ?? null]);
    if (found === this.#noted) return;
    const { audit } = this.#deps;
    try {
      for (const { file, line, message } of this.#faults)
        audit.append({ type: 'policy', event: 'found-broken', via: 'file', reason: message, detail: { file, line } });
      if (this.#proposal !== null) {
        const { files, digest } = this.#proposal;
        const draft = { type: 'policy', event: 'proposed', via: 'file', digests: { policy: digest } } as const;
        audit.append({ ...draft, detail: namesOf(files) }, subjectOf(files));
      }
      this.#noted = found;
    } catch {
      this.#noted = '';
    }
  }

  #announce(): void {
    for (const listener of this.#listeners) listener();
  }
}

function ask(rules: Ruleset, question: PolicyQuestion): Verdict {
  try {
    return rules.decide(question);
  } catch (error) {
    return policyError(`The policy could not be asked: ${words(error)}`);
  }
}

const namesOf = (changes: readonly { readonly file: string }[]) => ({
  files: changes.map(({ file }) => file).join(', '),
});

/** The files before and after, whole, for a record. */
const subjectOf = (files: NonNullable<PolicyState['proposal']>['files']): Payload => ({
  kind: 'subject',
  bytes: utf8(JSON.stringify({ files })),
});

const invalid = ({ file, line, message }: PolicyFault) =>
  new Refused('CONFIG_INVALID', `${file}${line === null ? '' : `:${line}`}: ${message}`);

const words = (error: unknown) => (error instanceof Error ? error.message : String(error));
