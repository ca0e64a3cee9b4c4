/** What policy would say: of a call somebody has in mind, and of the recorded past under changed policies (PRODUCT.md Y6). */
import { Refused } from '../../contract/errors.ts';
import type { PolicyExplanation, PolicyQuery, PolicyReplay, PolicyTrial } from '../../contract/policy.ts';
import type { RecordView } from '../../contract/record.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { contentEffect } from '../../core/gate/contentEffect.ts';
import { effectSentence } from '../../core/gate/effect.ts';
import { raisedClass } from '../../core/gate/raise.ts';
import { riskReasons } from '../../core/gate/risks.ts';
import { type JsonNode, readStrict, toValue } from '../../core/mcp/strict.ts';
import { explainVerdict } from '../../core/policy/explain.ts';
import type { Situation } from '../../core/policy/question.ts';
import type { AuditReader } from '../audit/ports.ts';
import type { FindFacts } from '../proxy/callFacts.ts';
import { type GateParts, type GateSays, gateSays, switchedOff } from './gateSays.ts';
import type { PolicyEngine, PolicyQuestion, PolicyTrials } from './ports.ts';
import { recordedCall, recordedCalls } from './recorded.ts';

export interface InsightDeps extends GateParts {
  readonly policy: PolicyEngine & PolicyTrials;
  readonly reader: AuditReader;
  readonly findFacts: FindFacts;
  /** What a server may take relative paths from: its working directory first. */
  readonly foldersOf: (server: string) => Promise<readonly string[]>;
  readonly person: string;
}

/** No session is meant: a policy about one does not match it. */
const NO_SESSION = '00000000-0000-7000-8000-000000000000';
/** Calls judged before others get their turn. */
const AT_ONCE = 25;

export class PolicyInsight {
  readonly #deps: InsightDeps;

  constructor(deps: InsightDeps) {
    this.#deps = deps;
  }

  /** Throws `Refused` with INPUT_INVALID for arguments that the gate would not read, CONFIG_INVALID for a faulty trial. */
  async explain(query: PolicyQuery): Promise<PolicyExplanation> {
    const { server, tool, trial, action = 'call' } = query;
    // Reading a resource carries nothing but its URI.
    const said = action === 'read_resource' ? JSON.stringify({ uri: tool }) : (query.arguments ?? '{}');
    const read = readStrict(new TextEncoder().encode(said));
    if (!read.ok) throw new Refused('INPUT_INVALID', `arguments: ${read.detail} at byte ${read.offset}`);
    if (read.node.kind !== 'object') throw new Refused('INPUT_INVALID', 'arguments is not an object');
    const facts = await this.#deps.findFacts(read.node, await this.#deps.foldersOf(server));
    const gate = action === 'call' ? gateSays(this.#deps, server, tool, argumentsOf(query, read.node)) : CONTENT;
    const raised = raisedClass(query.class ?? gate.class, facts.signs);
    const asked = {
      person: this.#deps.person,
      session: NO_SESSION,
      client: query.client ?? null,
      action,
      server,
      tool,
      class: raised.class,
      facts,
      situation: supposed(query),
      ...(query.at === undefined ? {} : { at: query.at }),
    };
    const decided = this.#under(trial, (decide) => decide(asked));
    // Whoever supposes a class asks about policy alone.
    const alone = query.class !== undefined;
    const verdict = alone ? decided : (gate.verdict ?? switchedOff(this.#deps, asked, decided));
    return {
      sentence: explainVerdict(asked, verdict),
      verdict,
      class: raised.class,
      risks: [...(alone ? [] : gate.notes), ...raised.reasons, ...riskReasons(facts)],
    };
  }

  /**
   * The newest `limit` recorded calls, judged by what is in force and by the trial or the proposal, each at its own time.
   * Paths are followed as they lead now. Throws `Refused` with CONFIG_INVALID for a faulty trial.
   */
  async replay(trial: PolicyTrial | undefined, limit: number): Promise<PolicyReplay> {
    const { reader, policy } = this.#deps;
    const opened = policy.trial(trial ?? null);
    try {
      const records = await recordedCalls(reader, limit);
      const replay: PolicyReplay = { calls: 0, skipped: 0, since: records.at(-1)?.at ?? null, differences: [] };
      for (const [index, record] of records.entries()) {
        if (index % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
        const question = await this.#question(record);
        if (question === null) {
          replay.skipped += 1;
          continue;
        }
        replay.calls += 1;
        const [before, after] = [policy.decide(question), opened.decide(question)];
        if (sameVerdict(before, after)) continue;
        const { server, tool, class: toolClass } = question;
        replay.differences.push({
          record: record.id,
          at: record.at,
          server,
          tool,
          class: toolClass,
          effect: effectOf(question),
          before,
          after,
          masked: (record.payload?.masked.length ?? 0) > 0,
        });
      }
      return replay;
    } finally {
      opened.close();
    }
  }

  #under(trial: PolicyTrial | undefined, ask: (decide: PolicyEngine['decide']) => Verdict): Verdict {
    const { policy } = this.#deps;
    if (trial === undefined) return ask(policy.decide);
    const opened = policy.trial(trial);
    try {
      return ask(opened.decide);
    } finally {
      opened.close();
    }
  }

  async #question(record: RecordView): Promise<PolicyQuestion | null> {
    const { reader, findFacts, foldersOf, person } = this.#deps;
    const call = await recordedCall(reader, record);
    if (call === null) return null;
    try {
      const { args, ...asked } = call;
      const facts = await findFacts(args, await foldersOf(call.server));
      return { ...asked, person, facts, at: record.at };
    } catch (error) {
      if (error instanceof Refused) return null;
      throw error;
    }
  }
}

/** What is not a tool, as long as nothing else is supposed. */
const CONTENT: GateSays = { class: 'read-sensitive', verdict: null, notes: [] };

/** What the query says of the arguments; null where it says nothing, and any may be meant. */
function argumentsOf({ arguments: said }: PolicyQuery, node: JsonNode): unknown {
  return said === undefined || said.trim() === '{}' ? null : toValue(node);
}

function effectOf({ action = 'call', server, tool, class: toolClass, facts }: PolicyQuestion): string {
  if (action === 'call') return effectSentence(server, tool, toolClass, facts.leaves);
  return contentEffect(action, server, tool, facts.places.real);
}

/** What the query supposes in place of what settings say. */
function supposed({ roles, environment, tenant, region }: PolicyQuery): Partial<Situation> {
  const all = { roles, environment, tenant, region };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function sameVerdict(before: Verdict, after: Verdict): boolean {
  return before.decision === after.decision && before.approvals === after.approvals;
}
