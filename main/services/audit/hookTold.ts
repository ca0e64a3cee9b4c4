/** What hooks in a client told of calls to come: kept for a while, and joined to the call that it is about. */
import type { HookNews } from '../../contract/origin.ts';
import type { RecordDraft } from '../../contract/record.ts';
import type { Actor } from '../actor.ts';
import type { Clock } from '../clock.ts';
import type { AuditWriter } from './ports.ts';

/** Conversations and tool uses that are remembered; the oldest are forgotten first. */
const MOST = 1000;
/** A tool use that was announced is used soon, milliseconds. */
const KEPT_MS = 30 * 60_000;

type Revealed = Pick<RecordDraft, 'model' | 'prompt'>;

export interface HookTold {
  tell(news: HookNews, by: Actor): void;
  /** What is known of the call with this tool-use id; empty when nothing is. */
  about(toolUse: string): Revealed;
}

/** Programs of this account may tell anything: it is recorded as what a hook said, and decides nothing. */
export function openHookTold(audit: AuditWriter, clock: Clock): HookTold {
  /** By conversation, the record of the newest prompt. */
  const prompts = new Map<string, string>();
  const uses = new Map<string, { readonly at: number; readonly revealed: Revealed }>();

  return {
    tell(news, by) {
      if (news.kind === 'prompt') {
        const { conversation, prompt } = news;
        const ref = audit.append(
          { type: 'told', event: 'prompt', ids: { conversation }, ...by },
          { kind: 'prompt', bytes: new TextEncoder().encode(JSON.stringify(prompt)) },
        );
        remember(prompts, conversation, ref.id);
        return;
      }
      const record = prompts.get(news.conversation);
      remember(uses, news.toolUse, {
        at: clock.monotonic(),
        revealed: {
          ...(news.model && { model: news.model }),
          ...(record !== undefined && { prompt: { record, source: 'hook' as const } }),
        },
      });
    },
    about(toolUse) {
      const told = uses.get(toolUse);
      uses.delete(toolUse);
      return told === undefined || clock.monotonic() - told.at > KEPT_MS ? {} : told.revealed;
    },
  };
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MOST) return;
    map.delete(oldest);
  }
}
