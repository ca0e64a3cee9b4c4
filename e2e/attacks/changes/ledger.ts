/** The ledger, and where it goes. */
import { expect } from 'vitest';
import { DEFAULT_SENDING } from '../../../main/contract/sync.ts';
import type { Procedures } from './procedures.ts';
import type { Scene } from './scene.ts';

export const ledger = (on: Scene) =>
  ({
    'audit.search': 'reads',
    'audit.rows': 'reads',
    'audit.rowOf': 'reads',
    'audit.show': 'reads',
    'audit.counts': 'reads',
    'audit.help': 'reads',
    'audit.searches': 'reads',
    'audit.verify': 'reads',
    'audit.retention': 'reads',
    'audit.export': {
      call: () => on.control.audit.export({ query: { text: 'server:recorder' }, as: 'csv', to: 'calls.csv' }),
      leaves: {
        type: 'export',
        event: 'begun',
        detail: { text: 'server:recorder', from: 0, as: 'csv', to: 'calls.csv' },
      },
    },
    'audit.exportPage': 'reads',
    'audit.prove': 'reads',
    'audit.proveSince': 'reads',
    'audit.identity': 'reads',
    'audit.tell': {
      call: () => on.control.audit.tell({ kind: 'prompt', conversation: 'x', prompt: 'Tidy up.' }),
      leaves: {
        type: 'told',
        event: 'prompt',
        ids: { conversation: 'x' },
        payloadText: expect.stringContaining('Tidy up.'),
      },
    },
    'audit.keepSearch': {
      call: () => on.control.audit.keepSearch({ name: 'mine', text: 'verdict:denied' }),
      leaves: {
        type: 'config',
        event: 'search-kept',
        detail: { name: 'mine' },
        payloadText: expect.stringContaining('verdict'),
      },
    },
    'audit.dropSearch': {
      call: () => on.control.audit.dropSearch({ name: 'mine' }),
      leaves: { type: 'config', event: 'search-dropped', detail: { name: 'mine' } },
    },
    'audit.setRetention': {
      call: () => on.control.audit.setRetention({ days: 3650, records: null, bytes: null }),
      asks: { detail: { days: 3650 } },
      leaves: { type: 'retention', event: 'set', detail: { days: 3650, daysWere: null } },
    },
    'sync.status': 'reads',
    'sync.enrol': {
      call: async () => {
        const { code } = await on.fleet.fleet.code({});
        return on.control.sync.enrol({ url: on.collector.url, code, sending: DEFAULT_SENDING });
      },
      asks: { detail: { url: expect.stringContaining('127.0.0.1') } },
      leaves: { type: 'sync', event: 'enrolled', detail: { organisation: 'Acme', url: expect.any(String) } },
    },
    'sync.rotate': {
      call: () => on.control.sync.rotate(),
      leaves: { type: 'sync', event: 'key-rotated' },
    },
    'sync.pause': {
      call: () => on.control.sync.pause(),
      asks: { detail: { what: 'pause', url: expect.any(String) } },
      leaves: { type: 'sync', event: 'paused' },
    },
    'sync.resume': {
      call: () => on.control.sync.resume(),
      leaves: { type: 'sync', event: 'resumed' },
    },
    'sync.leave': {
      call: () => on.control.sync.leave(),
      asks: { detail: { what: 'leave', url: expect.any(String) } },
      leaves: { type: 'sync', event: 'left', detail: { organisation: 'Acme' } },
    },
  }) satisfies Procedures;
