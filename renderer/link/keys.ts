/** Names of what is cached: the first part is the topic of the change that makes it stale. */
import type { AuditMoment, AuditQuery } from '../../main/contract/audit.ts';
import type { ClientsChoice } from '../../main/contract/client.ts';
import type { ChangeEvent } from '../../main/contract/status.ts';

export type Topic = ChangeEvent['topic'];
export type Key = readonly [Topic, ...unknown[]];

export const keys = {
  status: ['status'],
  doctor: ['status', 'doctor'],
  servers: ['servers'],
  review: (server: string, which: string) => ['servers', server, 'review', which],
  sharedChanges: ['servers', 'shared-changes'],
  logs: (server: string, words: string) => ['servers', server, 'logs', words],
  sessions: ['sessions'],
  tools: (server: string) => ['tools', server],
  asks: (open: boolean) => ['asks', open ? 'open' : 'all'],
  ask: (id: string) => ['asks', 'one', id],
  request: (ask: string) => ['asks', 'request', ask],
  answer: (ask: string) => ['asks', 'answer', ask],
  proof: ['status', 'proof'],
  approvers: ['status', 'approvers'],
  ownDevice: ['status', 'device'],
  retention: ['audit', 'retention'],
  grants: ['grants'],
  switches: ['switches'],
  secrets: ['secrets'],
  wantedSecrets: ['secrets', 'wanted'],
  clients: ['clients'],
  protectPlan: (choice: ClientsChoice | null) => ['clients', 'plan', choice],
  sync: ['sync'],
  policy: ['policy'],
  auditNow: (query: AuditQuery) => ['audit', 'now', query],
  auditCount: (query: AuditQuery, asOf: AuditMoment) => ['audit', 'count', query, asOf],
  auditPage: (query: AuditQuery, asOf: AuditMoment, page: number) => ['audit', 'page', query, asOf, page],
  searches: ['audit', 'searches'],
  searchHelp: (text: string, cursor: number) => ['audit', 'help', text, cursor],
  counts: (query: AuditQuery) => ['audit', 'counts', query],
  sessionRecords: (session: string) => ['audit', 'session', session],
  call: (record: string) => ['audit', 'show', record],
  tour: ['tour'],
} satisfies Record<string, Key | ((...args: never[]) => Key)>;

/**
 * Topics to read again when one changed: what a server is also hangs on its tools, what a secret is for on the entries it
 * puts back, and the status counts everything.
 */
export function staleTopics(topic: Topic): readonly Topic[] {
  switch (topic) {
    case 'tools':
      return ['tools', 'servers'];
    case 'servers':
      return ['servers', 'sessions', 'status', 'tools', 'secrets'];
    case 'clients':
      return ['clients', 'secrets'];
    case 'asks':
      return ['asks', 'status', 'tour'];
    case 'sessions':
    case 'audit':
      return [topic, 'status'];
    default:
      return [topic];
  }
}
