/** Looking at what the word index finds, where its words alone do not tell whether it fits. */
import { payloadText as plain } from '../../contract/payloadText.ts';
import type { RecordView } from '../../contract/record.ts';
import type { RecordRows } from './recordRows.ts';
import { recordTexts } from './recordTexts.ts';
import type { Expression } from './searchExpression.ts';
import { wordsOf } from './words.ts';

/** The record at this place, with its payload; undefined when it does not fit. */
export function checkedRecord(
  records: RecordRows,
  seq: number,
  check: NonNullable<Expression['check']>,
): RecordView | undefined {
  const record = records.view(seq);
  return record !== undefined && check(record, spaced(record)) ? record : undefined;
}

/** The words of each text of a record and of its payload with a space around each, as a phrase is looked for. */
function spaced({ payloadText, seq: _, ...record }: RecordView): string {
  const texts = [...recordTexts(record), plain(payloadText ?? '')];
  return ` ${texts.map((text) => wordsOf(text).join(' ')).join('  ')} `;
}
