/** AI clients, by a file of Cursor’s. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Procedures } from './procedures.ts';
import type { Scene } from './scene.ts';

export const clients = (on: Scene) =>
  ({
    'clients.list': 'reads',
    'clients.plan': 'reads',
    'clients.planUndo': 'reads',
    'clients.import': {
      first: async () => {
        mkdirSync(on.stage.path('person', '.cursor'));
        putInCursor(on, 'plain', 'ours', 'odd');
      },
      call: async () => on.control.clients.import(await planOf(on, 'plain')),
      leaves: { type: 'config', event: 'added', server: 'plain' },
    },
    'clients.protect': {
      call: async () => on.control.clients.protect(await planOf(on, 'ours')),
      asks: {
        detail: { files: expect.stringContaining('mcp.json') },
        payloadText: expect.stringContaining('"before"'),
      },
      leaves: {
        type: 'config',
        event: 'client-protected',
        server: 'ours',
        detail: { client: 'cursor', entry: 'ours' },
      },
    },
    'clients.undo': {
      call: async () => {
        const entries = [await entryOf(on, 'ours')];
        return on.control.clients.undo({ entries, digest: (await on.control.clients.planUndo({ entries })).digest });
      },
      asks: {
        detail: { files: expect.stringContaining('mcp.json') },
        payloadText: expect.stringContaining('"before"'),
      },
      leaves: { type: 'config', event: 'client-unprotected', detail: { client: 'cursor', entry: 'ours' } },
    },
    'clients.quarantine': {
      call: async () => on.control.clients.quarantine({ entry: await entryOf(on, 'odd') }),
      leaves: { type: 'config', event: 'client-quarantined', detail: { client: 'cursor', entry: 'odd' } },
    },
    'clients.leave': {
      first: async () => {
        putInCursor(on, 'plain', 'ours', 'odd', 'late');
        await on.control.clients.list();
      },
      call: async () => on.control.clients.leave({ entry: await entryOf(on, 'late') }),
      asks: { detail: { client: 'cursor', entry: 'late' } },
      leaves: { type: 'config', event: 'client-entry-left', detail: { client: 'cursor', entry: 'late' } },
    },
    'clients.trust': {
      call: () => on.control.clients.trust({ folder: on.stage.path('person') }),
      asks: { detail: { folder: expect.stringContaining('person') } },
      leaves: { type: 'config', event: 'project-trusted', detail: { folder: expect.stringContaining('person') } },
    },
    'clients.forget': {
      call: async () => on.control.clients.forget({ folder: (await on.control.clients.list()).projects[0] ?? '' }),
      leaves: { type: 'config', event: 'project-forgotten', detail: { folder: expect.stringContaining('person') } },
    },
  }) satisfies Procedures;

/** Writes the file as its person would: these entries, each a program of that name. */
function putInCursor({ stage }: Scene, ...names: string[]): void {
  const mcpServers = Object.fromEntries(names.map((name) => [name, { command: name }]));
  writeFileSync(stage.path('person', '.cursor', 'mcp.json'), JSON.stringify({ mcpServers }));
}

async function entryOf({ control }: Scene, name: string): Promise<string> {
  const { files } = await control.clients.list();
  return files.flatMap(({ entries }) => entries).find((entry) => entry.name === name)?.id ?? '';
}

async function planOf(on: Scene, name: string): Promise<{ entries: string[]; digest: string }> {
  const entries = [await entryOf(on, name)];
  return { entries, digest: (await on.control.clients.plan({ entries })).digest };
}
