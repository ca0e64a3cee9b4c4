/** Questions, who answers them, and what an answer leaves behind. */
import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { agree } from '../../fixtures/daemon.ts';
import { blockFromElsewhere, elsewhereKey, requestFromElsewhere } from '../../fixtures/elsewhere.ts';
import { type Procedures, person, WINDOW } from './procedures.ts';
import { type Scene, server } from './scene.ts';

const tool = { kind: 'tool', server, tool: 'put' } as const;

export function approvals(on: Scene) {
  let [grant, second] = ['', ''];
  return {
    'asks.list': 'reads',
    'asks.get': 'reads',
    'asks.wait': 'reads',
    'asks.challenge': { none: 'a challenge is good for one proof, and the proof is told with its answer' },
    'asks.again': { none: 'it asks about a call, and the question and its answer are told as any other’s' },
    'asks.shown': { none: 'it only begins the time that an answer is told to have taken' },
    'asks.deny': {
      call: async () => on.control.asks.deny({ id: (await on.asked('denied')).id, note: 'not today' }),
      leaves: { type: 'answered', event: 'denied', server, tool: 'put', reason: 'not today' },
    },
    'asks.denyAll': {
      call: async () => {
        const { subject } = await on.asked('all');
        return on.control.asks.denyAll({ session: subject.kind === 'call' ? subject.session : '' });
      },
      leaves: { type: 'answered', event: 'denied', server, tool: 'put' },
    },
    'asks.answer': {
      call: async () => {
        const ask = await on.asked('granted');
        const { lives, reaches } = (ask.subject.kind === 'call' && ask.subject.offers) || { lives: [], reaches: [] };
        const [life, reach] = [lives[0], reaches[0]];
        if (!life || !reach) throw new Error('There is no grant on offer.');
        await agree(on.stage.daemon, { ask: ask.id }, { grant: { life, reach } });
      },
      leaves: { type: 'grant', event: 'given', server, tool: 'put', class: 'write' },
      by: WINDOW,
    },
    'grants.list': 'reads',
    'grants.revoke': {
      first: async () => {
        grant = (await on.control.grants.list())[0]?.id ?? '';
      },
      call: () => on.control.grants.revoke({ id: grant }),
      leaves: { type: 'grant', event: 'revoked', server, tool: 'put' },
    },
    'approvers.self': 'reads',
    'approvers.list': 'reads',
    'approvers.add': {
      call: () => on.control.approvers.add({ name: 'grace', key: elsewhereKey }),
      asks: { detail: { name: 'grace', fingerprint: expect.any(String) } },
      leaves: { type: 'approver', event: 'added', detail: { name: 'grace', fingerprint: expect.any(String) } },
    },
    'second.request': 'reads',
    'second.answer': 'reads',
    'second.consider': {
      call: () => on.control.second.consider({ request: requestFromElsewhere() }),
      asks: { tool: 'harmless', detail: { theirPerson: 'mallory' } },
      leaves: { type: 'answered', event: 'approved', tool: 'harmless', detail: { theirPerson: 'mallory' } },
    },
    'second.give': {
      first: async () => {
        const two = `@id("two")\nforbid (principal, action, resource == Tool::"${server}/put")\nunless { context.approvals >= 2 };\n`;
        writeFileSync(on.stage.path('config', 'organisation', 'two.cedar'), two);
        await on.control.policy.check();
        const { id } = await on.asked('two');
        await agree(on.stage.daemon, { ask: id });
        second = id;
      },
      call: async () => {
        const { hash } = await on.control.asks.get({ id: second });
        const times = { at: '2026-01-01T00:00:00.000000Z', deadline: '2999-01-01T00:00:00.000000Z' };
        const given = { version: 1, ask: second, hash, key: elsewhereKey, person: 'grace', ...times };
        return on.control.second.give({ answer: blockFromElsewhere('answer', given) });
      },
      leaves: { type: 'answered', event: 'approved', server, tool: 'put', detail: { first: person, device: 'grace' } },
      by: { person: 'grace', via: 'countersignature' },
    },
    'approvers.remove': {
      call: async () =>
        on.control.approvers.remove({ fingerprint: (await on.control.approvers.list())[0]?.fingerprint ?? '' }),
      leaves: { type: 'approver', event: 'removed', detail: { name: 'grace' } },
    },
    'switches.list': 'reads',
    'switches.kill': {
      call: () => on.control.switches.kill({ scope: tool }),
      leaves: { type: 'switch', event: 'killed', detail: { scope: 'tool', server, tool: 'put' } },
    },
    'switches.revive': {
      call: () => on.control.switches.revive({ scope: tool }),
      asks: { detail: { of: expect.stringContaining('put') } },
      leaves: { type: 'switch', event: 'revived', detail: { scope: 'tool', server, tool: 'put' } },
    },
  } satisfies Procedures;
}
