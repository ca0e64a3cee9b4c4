import type { AskSubject } from '../../../contract/ask.ts';
import { FORM_WORDS, sendingRows } from '../../../contract/syncWords.ts';
import { columns } from '../columns.ts';
import type { Paint } from '../paint.ts';
import { visible, visibleLines } from '../visible.ts';

/** What would leave this machine, with records of this very ledger as they would go out. */
export function enrolText(subject: Extract<AskSubject, { kind: 'enrol' }>, paint: Paint): string[] {
  const { url, cosigner, sending, records, samples } = subject;
  return [
    ...columns([
      [paint.dim('to'), visible(url)],
      [paint.dim('its key'), visible(cosigner)],
      [paint.dim('waiting'), `${records} records, oldest first`],
      ...sendingRows(sending).map(({ what, form }) => [paint.dim(what), FORM_WORDS[form]]),
    ]),
    ...samples.flatMap(({ seq, form, json }) => [
      '',
      paint.dim(`record ${seq} as it would be sent (${form})`),
      ...visibleLines(json).map((line) => `  ${line}`),
    ]),
  ];
}
