import type { AskState, AskView } from '../../../contract/ask.ts';
import type { Paint } from '../paint.ts';
import { visible } from '../visible.ts';
import { headline, subjectText } from './subject.ts';

/** An ask in full: the effect first, then everything it covers, then what an answer binds to. */
export function askText(ask: AskView, paint: Paint, full: boolean): { lines: string[]; cut: boolean } {
  const { lines, cut } = subjectText(ask.subject, paint, full);
  return {
    lines: [
      paint.bold(headline(ask.subject)),
      ...(lines.length === 0 ? [] : ['', ...lines]),
      '',
      paint.dim(`ask ${ask.id}  bound to ${ask.hash.slice(0, 23)}`),
      paint.dim(ask.deadline === null ? 'waits until it is answered' : `denied by itself at ${ask.deadline}`),
    ],
    cut,
  };
}

/** How an ask ended, in a sentence. */
export function endText(ask: AskView, paint: Paint): string {
  const by = ask.by === null ? '' : ` by ${visible(ask.by)}`;
  const note = ask.note === null ? '' : `: ${visible(ask.note)}`;
  const says: Record<AskState, string> = {
    open: paint.warn('Still open.'),
    second: paint.warn(`Allowed by ${visible(ask.first?.person ?? '')}; waits for a second person.`),
    approved: paint.good(`Approved${by}${note || '.'}`),
    denied: paint.bad(`Denied${by}${note || '.'}`),
    'timed-out': paint.bad('Nobody answered in time: denied.'),
    withdrawn: paint.warn(`Withdrawn before anyone answered${note || '.'}`),
  };
  return says[ask.state];
}
