import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ClientEntry } from '../../main/contract/client.ts';
import { Connection } from '../fixtures/connection.ts';
import { agree, ownEnvironment } from '../fixtures/daemon.ts';
import type { Stage } from './stage.ts';

/** A secret as clients' files hold them: it is to be found nowhere else. */
export const CANARY = 'zX9-canary-Q4v7Lm2Rk8Tw';
export const CURSOR = '.cursor/mcp.json';

/**
 * The files of a person's AI clients on a stage, and what the person does about them. Entries are known by name: each test
 * has its own.
 */
export function clientsOn(stage: () => Stage) {
  const at = (file: string) => stage().path('person', file);

  function put(file: string, text: string): void {
    mkdirSync(dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text);
  }

  async function entries(): Promise<ClientEntry[]> {
    return (await stage().daemon.app.clients.list()).files.flatMap((file) => file.entries);
  }

  async function entry(name: string): Promise<ClientEntry> {
    const found = (await entries()).find((one) => one.name === name);
    if (!found) throw new Error(`No client has ${name}.`);
    return found;
  }

  async function protect(...names: string[]): Promise<void> {
    const { app } = stage().daemon;
    const chosen = (await Promise.all(names.map(entry))).map(({ id }) => id);
    const { digest } = await app.clients.plan({ entries: chosen });
    await agree(stage().daemon, await app.clients.protect({ entries: chosen, digest }));
  }

  async function undo(...names: string[]): Promise<void> {
    const { app } = stage().daemon;
    const chosen = (await Promise.all(names.map(entry))).map(({ id }) => id);
    const { digest } = await app.clients.planUndo({ entries: chosen });
    await agree(stage().daemon, await app.clients.undo({ entries: chosen, digest }));
  }

  /** What a client hears that starts this entry as its file says. */
  async function start(file: string, name: string): Promise<string> {
    const { command, args, env } = JSON.parse(readFileSync(at(file), 'utf8')).mcpServers[name];
    const connection = new Connection(command, args, { ...ownEnvironment(stage().home), ...env });
    const clientInfo = { name: 'attacks', version: '1.0.0' };
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
    const { error, result } = await connection.request('initialize', params);
    await connection.close();
    return error?.data.code ?? result.serverInfo.name;
  }

  /** What is on record as an alarm about this entry, newest first. */
  async function alarmsOf(name: string): Promise<(string | undefined)[]> {
    return (await stage().alarms()).filter(({ detail }) => detail?.entry === name).map(({ event }) => event);
  }

  /** Waits for an alarm of this kind about this entry. */
  async function alarm(event: string, name: string): Promise<void> {
    const { app } = stage().daemon;
    for await (const _ of await app.daemon.changes()) {
      if ((await alarmsOf(name)).includes(event)) return;
    }
  }

  return { at, put, entries, entry, protect, undo, start, alarmsOf, alarm };
}
