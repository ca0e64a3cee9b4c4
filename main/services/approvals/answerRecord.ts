import type { AskView } from '../../contract/ask.ts';
import type { RecordDraft, Via } from '../../contract/record.ts';
import { askRecord } from './askRecord.ts';
import type { Answer } from './ports.ts';

/** What there is to say of an answer beside what was asked. */
interface Said extends Partial<Pick<Answer, 'person' | 'note' | 'proof' | 'grant' | 'tookMs'>> {
  readonly via: Via | null;
  readonly detail?: RecordDraft['detail'];
}

/** The record of an answer: to what, by whom and by which way, how it was proved, and what a yes was widened to. */
export function answerRecord(view: AskView, event: string, said: Said, call?: string): RecordDraft {
  const draft = askRecord(view, { type: 'answered', event }, call);
  const { person, via, note, proof, grant, tookMs, detail } = said;
  return {
    ...draft,
    detail: {
      ...draft.detail,
      ...(grant && { life: grant.life.kind, reach: grant.reach.kind }),
      ...(proof && { proof }),
      ...detail,
    },
    ...(tookMs === undefined ? {} : { durationMs: tookMs }),
    ...(note ? { reason: note } : {}),
    ...(person && via ? { person, via } : {}),
  };
}
