import { DEFAULT_SENDING, type SyncStatus } from '../../../main/contract/sync.ts';
import { at, digestOf, uuid } from './ids.ts';

/** A device that is enrolled and up to date but for a few records. */
export const SYNC: SyncStatus = {
  state: 'idle',
  url: 'https://collector.example.com/',
  organisation: 'Example Ltd',
  device: uuid(81),
  sending: DEFAULT_SENDING,
  records: 12_408,
  received: 12_401,
  lag: 1.2,
  witnessed: { size: 12_404, at: at(-2), by: 'Example Ltd' },
  lastAt: at(-2),
  nextAt: null,
  problem: null,
};

export const NO_SYNC: SyncStatus = {
  ...SYNC,
  state: 'off',
  url: null,
  organisation: null,
  device: null,
  sending: null,
  received: 0,
  lag: 0,
  witnessed: null,
  lastAt: null,
};

/** Records as they would go out, one of each form. */
export const SAMPLES: { seq: number; form: 'everything' | 'facets' | 'hash'; json: string }[] = [
  {
    seq: 12_407,
    form: 'everything',
    json: JSON.stringify(
      {
        leaf: { at: at(-20), class: 'write', event: 'forwarded', server: 'files', tool: 'write_file', type: 'intent' },
        payload: '{"path":"/home/mara/notes.md","content":"- call Ada\\n"}',
      },
      null,
      2,
    ),
  },
  {
    seq: 12_399,
    form: 'facets',
    json: JSON.stringify(
      { hash: digestOf(83).slice(7, 51), facets: { at: at(-70), type: 'session', event: 'opened', server: 'files' } },
      null,
      2,
    ),
  },
  { seq: 12_380, form: 'hash', json: JSON.stringify({ hash: digestOf(84).slice(7, 51) }, null, 2) },
];
