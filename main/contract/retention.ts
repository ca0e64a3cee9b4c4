/** How long payloads are kept. Their leaves stay for ever, so that dropping one breaks no proof. */
import { z } from 'zod';

/** Null: without end. */
const limit = z.int().positive().nullable();

export const retentionLimits = z.object({
  /** Payloads of the last so many days. */
  days: limit,
  /** Payloads of the newest so many records. */
  records: limit,
  /** So many bytes of payloads, as the disk holds them. */
  bytes: limit,
});
export type RetentionLimits = z.infer<typeof retentionLimits>;

export const FOR_EVER: RetentionLimits = { days: null, records: null, bytes: null };

/** What is kept, or would be. */
const heap = z.object({ payloads: z.int(), bytes: z.int() });

export const retentionState = z.object({
  limits: retentionLimits,
  kept: heap,
  /** Payloads below this sequence have been dropped. */
  below: z.int(),
});
export type RetentionState = z.infer<typeof retentionState>;

/** What limits would drop now. */
export const retentionEffect = heap.extend({ below: z.int() });
export type RetentionEffect = z.infer<typeof retentionEffect>;

/** The limits in a few words: `for 90 days, at most 2,000 MB`. */
export function retentionWords({ days, records, bytes }: RetentionLimits): string {
  const said = [
    ...(days === null ? [] : [days === 1 ? 'for 1 day' : `for ${days} days`]),
    ...(records === null ? [] : [`the newest ${records.toLocaleString('en')} records`]),
    ...(bytes === null ? [] : [`at most ${megabytes(bytes)}`]),
  ];
  return said.length === 0 ? 'for ever' : said.join(', ');
}

/** What would be dropped, for a person. */
export function droppedWords({ payloads, bytes }: { readonly payloads: number; readonly bytes: number }): string {
  if (payloads === 0) return 'nothing';
  return `${payloads.toLocaleString('en')} arguments and results, ${megabytes(bytes)}; their records stay`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}
