/** The grants in force: sealed, counted, and ended by time, use, session, change or a person (PRODUCT.md Y5). */
import type { CallSubject } from '../../contract/ask.ts';
import { Refused } from '../../contract/errors.ts';
import type { Grant, GrantChoice } from '../../contract/grant.ts';
import type { RecordDraft } from '../../contract/record.ts';
import type { FactNode } from '../../core/gate/facts.ts';
import { argumentShape, grantOffers } from '../../core/gate/grants.ts';
import { holdsCredentials, isInside } from '../../core/gate/places.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import type { Actor } from '../actor.ts';
import type { Hash } from '../approvals/askHash.ts';
import type { SealedRows } from '../audit/ports.ts';
import type { Clock, NewId } from '../clock.ts';
import type { GrantCall, GrantGiver, Grants, RealPath } from './ports.ts';

export interface GrantDeps {
  readonly rows: SealedRows;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly hash: Hash;
  readonly realPath: RealPath;
  /** The person's home folder. */
  readonly home: string;
}

/** Why a grant is over. */
export type GrantEnd = 'expired' | 'session-over' | 'pin-changed' | 'consent-changed' | 'revoked';

const KIND = 'grant';

/** Opens the grants: those of earlier sessions and those whose time ran out meanwhile are ended first. */
export class GrantBook implements Grants {
  readonly #deps: GrantDeps;
  readonly #live = new Map<string, Grant>();
  readonly #timers = new Map<string, () => void>();
  readonly #listeners = new Set<() => void>();

  constructor(deps: GrantDeps) {
    this.#deps = deps;
    for (const { body } of deps.rows.list<Grant>(KIND)) this.#keep(body);
    this.endWhere((grant) => grant.session !== null, 'session-over');
  }

  async look(subject: CallSubject, args: FactNode | null): Promise<GrantCall> {
    const shape = argumentShape(args);
    return { subject, shape, places: await Promise.all(shape.paths.map(this.#deps.realPath)) };
  }

  offers: Grants['offers'] = ({ subject, shape, places }, rule) =>
    grantOffers({
      tool: subject.tool,
      class: subject.class,
      content: subject.request !== undefined,
      shape,
      places,
      home: this.#deps.home,
      ...rule,
    });

  cover(call: GrantCall): Grant | null {
    const fitting = [...this.#live.values()].filter((grant) => this.#covers(grant, call));
    // What is counted is kept for later when something else covers the call as well.
    return fitting.find((grant) => grant.life.kind !== 'uses') ?? fitting[0] ?? null;
  }

  use(id: string, call: string): void {
    const grant = this.#live.get(id);
    if (grant === undefined) throw new Refused('ASK_GONE', 'the grant has ended');
    const body: Grant = { ...grant, used: grant.used + 1, lastUsedAt: this.#deps.clock.now() };
    const draft = { ...record(body, 'used'), call };
    const spent = body.life.kind === 'uses' && body.used >= body.life.uses;
    if (spent) this.#deps.rows.remove(KIND, id, draft);
    else this.#deps.rows.put(KIND, id, body, draft);
    if (spent) this.#drop(id);
    else this.#live.set(id, body);
    this.#changed();
  }

  give(call: GrantCall, { life, reach }: GrantChoice, giver: GrantGiver): void {
    const { clock, newId, rows } = this.#deps;
    const { subject } = call;
    const { program } = subject.client;
    // Without a proven program there is nothing but the session to hold on to.
    const beyond = life.kind === 'minutes' && program !== null;
    const grant: Grant = {
      id: newId(),
      server: subject.server,
      ...(subject.request ? { request: subject.request } : {}),
      tool: subject.tool,
      class: subject.class,
      ...(giver.reviewedAs === subject.class ? {} : { pinnedAs: giver.reviewedAs }),
      launchDigest: subject.launchDigest,
      definitionDigest: subject.definitionDigest,
      life,
      reach,
      session: beyond ? null : subject.session,
      program,
      until: life.kind === 'minutes' ? clock.later(life.minutes * 60_000) : null,
      binding: this.#binding(reach, call),
      used: 0,
      lastUsedAt: null,
      person: giver.person,
      givenAt: clock.now(),
      ask: giver.ask,
      effect: subject.effect,
      rule: subject.rule,
    };
    rows.put(KIND, grant.id, grant, {
      ...record(grant, 'given'),
      class: grant.class,
      person: giver.person,
      via: giver.via,
      digests: { definition: grant.definitionDigest, launch: grant.launchDigest },
    });
    this.#keep(grant);
    this.#changed();
  }

  /** Newest first. */
  list(): Grant[] {
    return [...this.#live.values()].reverse();
  }

  /** Ends a grant by a person's hand. Throws `Refused('NOT_FOUND')`. */
  revoke(id: string, by: Actor): void {
    if (!this.#live.has(id)) throw new Refused('NOT_FOUND', id);
    this.#end(id, 'revoked', by);
    this.#changed();
  }

  sessionOver(session: string): void {
    this.endWhere((grant) => grant.session === session, 'session-over');
  }

  /** Ends what has lost its ground. A full disk keeps the record out, not the end. */
  endWhere(lost: (grant: Grant) => boolean, why: GrantEnd): void {
    const ended = [...this.#live.values()].filter(lost);
    for (const { id } of ended) {
      try {
        this.#end(id, why);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
    if (ended.length > 0) this.#changed();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    for (const stop of this.#timers.values()) stop();
    this.#timers.clear();
  }

  #covers(grant: Grant, call: GrantCall): boolean {
    const { subject } = call;
    return (
      grant.server === subject.server &&
      grant.request === subject.request &&
      grant.tool === subject.tool &&
      grant.class === subject.class &&
      grant.launchDigest === subject.launchDigest &&
      grant.definitionDigest === subject.definitionDigest &&
      (grant.session === null ? grant.program === subject.client.program : grant.session === subject.session) &&
      (grant.until === null || grant.until > this.#deps.clock.now()) &&
      grant.binding === this.#binding(grant.reach, call) &&
      reaches(grant.reach, call.places)
    );
  }

  /** What every covered call has in common, as a digest. */
  #binding(reach: Grant['reach'], { subject, shape }: GrantCall): string | null {
    if (reach.kind === 'any') return null;
    if (reach.kind === 'same') return subject.bytesDigest;
    return this.#deps.hash(new TextEncoder().encode(canonicalJson(shape.fixed)));
  }

  #keep(grant: Grant): void {
    this.#live.set(grant.id, grant);
    if (grant.until === null) return;
    const left = Date.parse(grant.until) - Date.parse(this.#deps.clock.now());
    const over = () => this.endWhere(({ id }) => id === grant.id, 'expired');
    this.#timers.set(grant.id, this.#deps.clock.after(Math.max(0, left), over));
  }

  #end(id: string, why: GrantEnd, by?: Actor): void {
    const grant = this.#live.get(id);
    if (grant === undefined) return;
    // Over from here on, whatever becomes of the record of it.
    this.#drop(id);
    const event = why === 'revoked' ? 'revoked' : 'ended';
    this.#deps.rows.remove(KIND, id, { ...record(grant, event), reason: why, ...by });
  }

  #drop(id: string): void {
    this.#live.delete(id);
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function reaches(reach: Grant['reach'], places: GrantCall['places']): boolean {
  if (reach.kind !== 'folder') return true;
  return places.every((place) => place !== null && isInside(reach.folder, place) && !holdsCredentials(place));
}

function record(grant: Grant, event: string): RecordDraft {
  const { life, reach } = grant;
  return {
    type: 'grant',
    event,
    server: grant.server,
    tool: grant.tool,
    ask: grant.ask,
    ...(grant.session === null ? {} : { session: grant.session }),
    detail: {
      grant: grant.id,
      life: life.kind,
      reach: reach.kind,
      used: grant.used,
      ...(reach.kind === 'folder' ? { folder: reach.folder } : {}),
      ...(grant.until === null ? {} : { until: grant.until }),
    },
  };
}
