/** Servers, their packages, and what they offer. */
import { expect } from 'vitest';
import type { Procedures } from './procedures.ts';
import { type Scene, server } from './scene.ts';

export const servers = (on: Scene) =>
  ({
    'servers.list': 'reads',
    'servers.sessions': 'reads',
    'servers.review': 'reads',
    'servers.reviewLine': 'reads',
    'servers.sharedChanges': 'reads',
    'servers.logs': 'reads',
    'servers.add': {
      call: () => on.control.servers.add({ name: 'fresh', entry: on.stage.entry() }),
      leaves: { type: 'config', event: 'added', server: 'fresh', payloadText: expect.stringContaining('recording.ts') },
    },
    'servers.consent': {
      call: async () => on.control.servers.consent(await on.launchOf('fresh')),
      asks: { server: 'fresh', payloadText: expect.stringContaining('recording.ts') },
      leaves: {
        type: 'consent',
        event: 'given',
        server: 'fresh',
        digests: expect.objectContaining({ launch: expect.any(String) }),
      },
    },
    'servers.sandbox': {
      call: () => on.control.servers.sandbox({ server: 'fresh', sandbox: 'off' }),
      leaves: { type: 'config', event: 'changed', server: 'fresh', detail: { changed: 'sandbox' } },
    },
    'servers.consentAll': {
      call: async () => on.control.servers.consentAll({ servers: [await on.launchOf('fresh')] }),
      asks: { detail: { servers: 'fresh' }, payloadText: expect.stringContaining('differences') },
      leaves: {
        type: 'consent',
        event: 'renewed',
        server: 'fresh',
        digests: expect.objectContaining({ before: expect.any(String) }),
      },
    },
    'servers.withdraw': {
      call: () => on.control.servers.withdraw({ server: 'fresh' }),
      leaves: { type: 'consent', event: 'withdrawn', server: 'fresh' },
    },
    'servers.start': {
      call: () => on.control.servers.start({ server }),
      leaves: { type: 'lifecycle', event: 'start-wanted', server },
    },
    'servers.restart': {
      call: () => on.control.servers.restart({ server }),
      leaves: { type: 'lifecycle', event: 'restart-wanted', server },
    },
    'servers.stop': {
      call: () => on.control.servers.stop({ server }),
      leaves: { type: 'lifecycle', event: 'stop-wanted', server },
    },
    'servers.disable': {
      call: () => on.control.servers.disable({ server: 'fresh' }),
      leaves: { type: 'switch', event: 'off', server: 'fresh' },
    },
    'servers.enable': {
      call: () => on.control.servers.enable({ server: 'fresh' }),
      asks: { server: 'fresh' },
      leaves: { type: 'switch', event: 'on', server: 'fresh' },
    },
    'servers.remove': {
      call: () => on.control.servers.remove({ server: 'fresh' }),
      leaves: {
        type: 'config',
        event: 'removed',
        server: 'fresh',
        payloadText: expect.stringContaining('recording.ts'),
      },
    },
    'packages.look': 'reads',
    'packages.prepare': {
      first: () =>
        on.control.servers.add({
          name: 'packaged',
          entry: { command: 'npx', args: ['-y', '--registry', 'http://127.0.0.1:9', 'x@1.0.0'] },
        }),
      call: async () => endOf(await on.control.packages.prepare({ server: 'packaged', scripts: ['y'], fresh: true })),
      leaves: {
        type: 'config',
        event: 'package-prepared',
        server: 'packaged',
        detail: { name: 'x', scripts: 'y', fresh: true },
      },
    },
    'tools.list': 'reads',
    'tools.hold': {
      call: () => on.control.tools.hold({ server, tools: ['look'] }),
      leaves: { type: 'pin', event: 'held', server, tool: 'look', detail: { was: 'read' } },
    },
    'tools.accept': {
      call: async () => {
        const look = (await on.control.tools.list({ server })).find(({ name }) => name === 'look');
        return on.control.tools.accept({
          server,
          tools: [{ name: 'look', digest: look?.digest ?? '', class: 'read' }],
        });
      },
      asks: { server, detail: { tools: 'look' }, payloadText: expect.stringContaining('inputSchema') },
      leaves: { type: 'pin', event: 'accepted', server, tool: 'look', class: 'read' },
    },
  }) satisfies Procedures;

async function endOf(news: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of news);
}
