/** The audit's filter as the person set it, and as the query it means. */
import type { AuditQuery } from '../../../main/contract/audit.ts';
import { recordType } from '../../../main/contract/record.ts';

export interface Filter {
  readonly words: string;
  readonly type: string;
  readonly server: string;
  readonly decision: string;
}

export const NO_FILTER: Filter = { words: '', type: '', server: '', decision: '' };

/** Empty fields do not take part. */
export function queryOf(filter: Filter): AuditQuery {
  const type = recordType.safeParse(filter.type);
  const words = filter.words.trim();
  return {
    ...(words === '' ? {} : { words }),
    ...(type.success ? { type: type.data } : {}),
    ...(filter.server === '' ? {} : { server: filter.server }),
    ...(filter.decision === 'allow' || filter.decision === 'ask' || filter.decision === 'deny'
      ? { decision: filter.decision }
      : {}),
  };
}
