/** What hooks in a client told of calls to come: kept for a while, and joined to the call that it is about. */
import type { HookNews } from '../../contract/origin.ts';
import type { RecordDraft } from '../../contract/record.ts';
import type { Actor } from '../actor.ts';
import type { Clock } from '../clock.ts';
import { Newest } from '../newest.ts';
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
  const prompts = new Newest<string, string>(MOST);
  const uses = new Newest<string, { readonly at: number; readonly revealed: Revealed }>(MOST);

  return {
    tell(news, by) {
      if (news.kind === 'prompt') {
        const { conversation, prompt } = news;
        const ref = audit.append(
          { type: 'told', event: 'prompt', ids: { conversation }, ...by },
          { kind: 'prompt', bytes: new TextEncoder().encode(JSON.stringify(prompt)) },
        );
        prompts.set(conversation, ref.id);
        return;
      }
      const record = prompts.get(news.conversation);
      uses.set(news.toolUse, {
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
