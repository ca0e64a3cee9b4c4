import { Refused } from '../../contract/refusal.ts';
import { type SecretInfo, type SecretScope, secretScope } from '../../contract/secret.ts';
import type { Settings } from '../../contract/settings.ts';
import { encodeUtf8 } from '../../core/mcp/utf8.ts';
import { concernsOf } from '../../core/secrets/concerns.ts';
import type { Actor } from '../actor.ts';
import type { SealedRows } from '../audit/ports.ts';
import type { Clock } from '../clock.ts';
import { inTurn } from '../inTurn.ts';
import { HelperValues } from './helperValues.ts';
import type { AgreedHelper, DeviceKeys, GivenSecret, HelperDesk, Keystore, Secrets } from './ports.ts';
import { SecretIndex, secretAccount } from './secretIndex.ts';

export interface SecretsDeps {
  readonly keystore: Keystore;
  readonly keys: DeviceKeys;
  readonly rows: SealedRows;
  readonly helpers: HelperDesk;
  readonly clock: Clock;
  /** Names of the servers whose configuration refers to this secret. */
  readonly usedBy: (name: string) => string[];
  /** By name, what else has use for one: entries of clients' files that are put back with it, in words. */
  readonly putsBack: () => ReadonlyMap<string, readonly string[]>;
  /** Whether anything of this server runs now. */
  readonly runs: (server: string) => boolean;
  /** When to remind, as settings say now. */
  readonly reminders: () => Settings['reminders'];
}

/** Body of a sealed `secret` row, by name: who gets it, and what makes it. */
interface Kept extends SecretScope {
  readonly helper: AgreedHelper | null;
}

const ANYONE: SecretScope = secretScope.parse({});

/**
 * Secrets: values in the keystore's accounts `secret/NAME`, facts about them in `secret-index`, and who gets them in rows
 * that a person's answer sealed. A secret without a row that counts is given to nobody.
 */
export async function openSecrets(deps: SecretsDeps): Promise<Secrets> {
  const helpers = deps.rows.list<Kept>('secret').flatMap(({ key, body }) => (body.helper ? [key] : []));
  return new KeptSecrets(deps, await SecretIndex.open(deps.keystore, helpers, deps.clock.now()));
}

class KeptSecrets implements Secrets {
  readonly #deps: SecretsDeps;
  readonly #index: SecretIndex;
  readonly #helperValues: HelperValues;
  /** Values that were set or handed to a server since the start, replaced ones included: a server may still hold those. */
  readonly #inUse = new Set<string>();
  readonly #holders = new Map<string, Set<string>>();
  /** Changes wait for each other: the index is one value. */
  readonly #inTurn = inTurn();

  constructor(deps: SecretsDeps, index: SecretIndex) {
    this.#deps = deps;
    this.#index = index;
    this.#helperValues = new HelperValues(deps.helpers, deps.clock);
  }

  async list(): Promise<SecretInfo[]> {
    const { clock, usedBy, putsBack, runs, reminders } = this.#deps;
    const entries = putsBack();
    return this.#index.names().map((name) => {
      const kept = this.#kept(name);
      const { servers, environment, expiresAt } = kept ?? ANYONE;
      const { setAt, lastUsedAt, digest } = this.#factsOf(name);
      const running = [...this.holders(name)].filter(runs).sort();
      const base = {
        ...{ name, servers, environment, setAt, lastUsedAt, usedBy: usedBy(name), running },
        expiresAt: kept?.helper ? this.#helperValues.expiry(name) : expiresAt,
        sameAs: this.#withDigest(digest).filter((other) => other !== name),
        putsBack: [...(entries.get(name) ?? [])],
        helper: kept?.helper?.launch ?? null,
      };
      const environmentOf = (other: string) => this.#kept(other)?.environment ?? null;
      const concerns = concernsOf({ ...base, lost: kept === undefined }, clock.now(), reminders(), environmentOf);
      return { ...base, concerns };
    });
  }

  has(name: string): boolean {
    return this.#index.get(name) !== undefined;
  }

  sameAs(value: string): string[] {
    return this.#withDigest(this.#digest(value));
  }

  holders(name: string): ReadonlySet<string> {
    return this.#holders.get(name) ?? new Set();
  }

  async set(name: string, value: string, given: GivenSecret = {}): Promise<void> {
    await this.#inTurn(async () => {
      const { keystore, clock } = this.#deps;
      this.#seal(name, null, given);
      await keystore.set(secretAccount(name), value);
      this.#inUse.add(value);
      this.#helperValues.forget(name);
      await this.#index.keep([[name, { setAt: clock.now(), lastUsedAt: null, digest: this.#digest(value) }]]);
    });
  }

  async setHelper(name: string, helper: AgreedHelper, given: GivenSecret): Promise<void> {
    await this.#inTurn(async () => {
      const { keystore, clock } = this.#deps;
      const { command, launch, digest } = helper;
      this.#seal(name, { command, launch, digest }, given);
      await keystore.delete(secretAccount(name));
      this.#helperValues.forget(name);
      await this.#index.keep([[name, { setAt: clock.now(), lastUsedAt: null }]]);
    });
  }

  async bind(name: string, given: Required<GivenSecret>): Promise<void> {
    await this.#inTurn(async () => {
      if (!this.has(name)) throw new Refused('NOT_FOUND', name);
      this.#seal(name, this.#keptOrLost(name).helper, given, 'bound');
    });
  }

  async remove(name: string, by: Actor): Promise<void> {
    await this.#inTurn(async () => {
      const { keystore, rows } = this.#deps;
      if (!this.has(name)) throw new Refused('NOT_FOUND', name);
      rows.remove('secret', name, { type: 'secret', event: 'revoked', ...by, detail: { name } });
      await keystore.delete(secretAccount(name));
      this.#helperValues.forget(name);
      await this.#index.forget(name);
    });
  }

  async resolve(server: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const values = new Map<string, string>();
    if (names.length === 0) return values;
    await this.#inTurn(async () => {
      const { clock } = this.#deps;
      for (const name of names) values.set(name, await this.#valueFor(server, name));
      for (const [name, value] of values) {
        this.#inUse.add(value);
        this.#holders.set(name, new Set([...this.holders(name), server]));
      }
      await this.#index.keep(
        [...values].map(([name, value]) => {
          const { setAt } = this.#factsOf(name);
          const digest = this.#kept(name)?.helper ? undefined : this.#digest(value);
          return [name, { setAt, lastUsedAt: clock.now(), digest }] as const;
        }),
      );
    });
    return values;
  }

  async kept(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const values = new Map<string, string>();
    for (const name of names) {
      const row = this.has(name) ? this.#kept(name) : undefined;
      const value = row && row.helper === null ? await this.#deps.keystore.get(secretAccount(name)) : null;
      if (value === null) continue;
      this.#inUse.add(value);
      values.set(name, value);
    }
    return values;
  }

  values(): readonly string[] {
    return [...this.#inUse].sort((a, b) => b.length - a.length);
  }

  async #valueFor(server: string, name: string): Promise<string> {
    if (!this.has(name)) throw new Refused('SECRET_MISSING', name);
    const kept = this.#keptOrLost(name);
    if (kept.servers !== null && !kept.servers.includes(server)) {
      throw new Refused('SECRET_NOT_BOUND', `${name} is kept for ${kept.servers.join(', ') || 'no server'}`);
    }
    if (kept.helper) return (await this.#helperValues.value(name, kept.helper)).value;
    const value = await this.#deps.keystore.get(secretAccount(name));
    if (value === null) throw new Refused('SECRET_MISSING', name);
    return value;
  }

  #kept(name: string): Kept | undefined {
    return this.#deps.rows.get<Kept>('secret', name)?.body;
  }

  #keptOrLost(name: string): Kept {
    const kept = this.#kept(name);
    if (kept === undefined) throw new Refused('SECRET_LOST', name);
    return kept;
  }

  #factsOf(name: string) {
    return this.#index.get(name) ?? { setAt: this.#deps.clock.now(), lastUsedAt: null, digest: undefined };
  }

  /** The decision first: without its record no value is kept. */
  #seal(
    name: string,
    helper: AgreedHelper | null,
    { scope, by }: GivenSecret,
    event = this.has(name) ? 'rotated' : 'set',
  ): void {
    const before = this.#kept(name);
    const { servers, environment, expiresAt } = scope ?? { ...(before ?? ANYONE), expiresAt: null };
    const kept: Kept = { servers, environment, expiresAt, helper };
    const digests = helper ? { launch: helper.digest } : undefined;
    this.#deps.rows.put<Kept>('secret', name, kept, {
      ...{ type: 'secret', event, ...by, detail: { name, helper: helper !== null, ...scopeFacts(before, kept) } },
      ...(digests && { digests }),
    });
  }

  #digest(value: string): string {
    return Buffer.from(this.#deps.keys.mac('secret-value', encodeUtf8(value))).toString('hex');
  }

  #withDigest(digest: string | undefined): string[] {
    if (digest === undefined) return [];
    return this.#index.names().filter((name) => this.#index.get(name)?.digest === digest);
  }
}

/** Who gets it from now on, and who got it before where that was something else; null stands for every server. */
function scopeFacts(before: SecretScope | undefined, now: SecretScope): Record<string, string | null> {
  const facts = ({ servers, environment, expiresAt }: SecretScope) => ({
    servers: servers === null ? null : servers.join(' '),
    environment,
    expiresAt,
  });
  if (before === undefined) return facts(now);
  const were = Object.entries(facts(before)).filter(([name, value]) => facts(now)[name as keyof SecretScope] !== value);
  return { ...facts(now), ...Object.fromEntries(were.map(([name, value]) => [`${name}Before`, value])) };
}
