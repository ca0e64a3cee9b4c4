/** Secrets, policy, and what proves a person. */
import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { PASSCODE } from '../../fixtures/daemon.ts';
import type { Procedures } from './procedures.ts';
import { type Scene, server } from './scene.ts';

export const settings = (on: Scene) =>
  ({
    'secrets.list': 'reads',
    'secrets.wanted': 'reads',
    'secrets.set': {
      call: () => on.control.secrets.set({ name: 'TOKEN', value: 'hunter2 hunter2' }),
      asks: { detail: { name: 'TOKEN', value: 'given' } },
      leaves: { type: 'secret', event: 'set', detail: { name: 'TOKEN', helper: false, servers: null } },
    },
    'secrets.keepFor': {
      call: () => on.control.secrets.keepFor({ name: 'TOKEN', scope: { servers: [server] } }),
      asks: { detail: { name: 'TOKEN', value: 'kept' }, payloadText: expect.stringContaining(server) },
      leaves: { type: 'secret', event: 'bound', detail: { name: 'TOKEN', servers: server, serversBefore: null } },
    },
    'secrets.helper': {
      call: () =>
        on.control.secrets.helper({ name: 'TOKEN', command: { command: process.execPath, args: ['-p', '1'] } }),
      asks: { detail: { name: 'TOKEN', value: 'helper' }, payloadText: expect.stringContaining(process.execPath) },
      leaves: { type: 'secret', event: 'rotated', detail: { name: 'TOKEN', helper: true } },
    },
    'secrets.revoke': {
      call: () => on.control.secrets.revoke({ name: 'TOKEN' }),
      leaves: { type: 'secret', event: 'revoked', detail: { name: 'TOKEN' } },
    },
    'policy.state': 'reads',
    'policy.check': 'reads',
    'policy.explain': 'reads',
    'policy.replay': 'reads',
    'policy.accept': {
      first: async () => {
        const mine = `@id("mine")\npermit (principal, action, resource == Tool::"${server}/look");\n`;
        writeFileSync(on.stage.path('config', 'policies', 'mine.cedar'), mine);
        await on.control.policy.check();
      },
      call: async () => on.control.policy.accept({ digest: (await on.control.policy.state()).proposal?.digest ?? '' }),
      asks: { detail: { version: expect.any(String) }, payloadText: expect.stringContaining('permit (principal') },
      leaves: {
        type: 'policy',
        event: 'accepted',
        detail: { files: 'mine.cedar' },
        digests: expect.objectContaining({ policy: expect.any(String), before: expect.any(String) }),
        payloadText: expect.stringContaining('permit (principal'),
      },
    },
    'passcode.set': {
      call: () => on.control.passcode.set(),
      asks: {},
      value: PASSCODE,
      leaves: { type: 'passcode', event: 'set', detail: { replaces: true } },
    },
    'proof.state': 'reads',
    'proof.mark': { none: 'it tells the approval window what to draw' },
    'proof.raise': {
      call: () => on.control.proof.raise({ to: 'all' }),
      leaves: { type: 'passcode', event: 'strictness', detail: { strictness: 'all', was: 'external' } },
    },
    'proof.lower': {
      call: () => on.control.proof.lower({ to: 'external' }),
      asks: { detail: { from: 'all', to: 'external' } },
      leaves: { type: 'passcode', event: 'strictness', detail: { strictness: 'external', was: 'all' } },
    },
    'proof.offer': {
      call: () => on.stage.daemon.approval.proof.offer({ system: 'touch-id' }),
      leaves: { type: 'passcode', event: 'system-offered', detail: { system: 'touch-id' } },
      by: { via: 'window' },
    },
  }) satisfies Procedures;
