import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { proofThrough } from '../e2e/fixtures/proof.ts';
import { reviewed } from '../e2e/fixtures/reviewed.ts';
import type { Api } from '../main/contract/api.ts';
import type { DefinitionReview } from '../main/contract/tool.ts';
import { endChild } from './linePeer.ts';
import { pipePort } from './pipePort.ts';
import { PROGRAMS } from './setting.ts';

type Client = ContractRouterClient<Api>;

/** A prompt cannot be answered sooner. */
const DEAD_MS = 600;
const PASSCODE = 'a passcode for the bench';

/** A daemon of its own in a temporary folder, with the bench as the person who agrees. */
export interface Countersign {
  readonly pid: number;
  /** For relays, so that they find this daemon. */
  readonly env: NodeJS.ProcessEnv;
  /** Adds a server, agrees to its launch, starts it, and gives its tools as a person reviews them. */
  review(name: string, args: readonly string[]): Promise<DefinitionReview[]>;
  /** The same, and accepts all it says, tools as `read`. */
  admit(name: string, args: readonly string[]): Promise<void>;
  /** Adds a package of the registry, has it looked up, agrees to it and accepts its tools. Rejects without a registry. */
  admitPackage(name: string, spec: string): Promise<void>;
  /**
   * Puts so many policies into force, each of which reads the argument `message` and forbids nothing that is sent here;
   * `timed` has one of them read the time, so that no verdict is remembered.
   */
  forbid(policies: number, timed: boolean): Promise<void>;
  close(): Promise<void>;
}

export async function startCountersign(): Promise<Countersign> {
  const home = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  const env: NodeJS.ProcessEnv = { ...process.env, COUNTERSIGN_HOME: home };
  // Neither the keychain nor the desktop of whoever runs this takes part.
  for (const name of ['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'DISPLAY', 'NODE_OPTIONS']) delete env[name];
  const child = spawn(process.execPath, ['--disable-sigusr1', '--max-semi-space-size=8', PROGRAMS.daemon, '--app'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'],
  });
  const app = openClient(child.stdio[3] as Duplex);
  const approval = openClient(child.stdio[4] as Duplex);
  const { keystore } = await app.daemon.status();
  if (keystore.state !== 'ready') await approval.passcode.unlock({ passcode: PASSCODE });

  async function agree({ ask: id }: { ask: string }) {
    await approval.asks.shown({ id });
    await pause(DEAD_MS);
    const { hash, because } = await approval.asks.get({ id });
    const proof = because !== null ? { proof: await proofThrough(approval, { id, hash }, PASSCODE) } : {};
    await approval.asks.answer({ id, hash, approve: true, ...proof });
  }

  async function start(name: string, args: readonly string[]) {
    await app.servers.add({ name, entry: { command: process.execPath, args: [...args] } });
    await consent(name);
    await app.servers.start({ server: name });
  }

  async function consent(name: string) {
    const { digest, problem } = await app.servers.review({ server: name });
    if (digest === null) throw new Error(`${name} cannot be started: ${problem?.message}`);
    await agree(await app.servers.consent({ server: name, digest }));
  }

  async function acceptAll(name: string) {
    const tools = await reviewed(app, name, 'read');
    await agree(await app.tools.accept({ server: name, tools }));
  }

  return {
    pid: child.pid ?? 0,
    env,
    async review(name, args) {
      await start(name, args);
      return app.tools.list({ server: name });
    },
    async admit(name, args) {
      await start(name, args);
      await acceptAll(name);
    },
    async admitPackage(name, spec) {
      await app.servers.add({ name, entry: { command: 'npx', args: ['-y', spec] } });
      for await (const news of await app.packages.prepare({ server: name }))
        if (news.kind === 'truth' && news.notPinned !== null) throw new Error(news.notPinned);
      await consent(name);
      await app.servers.start({ server: name });
      await acceptAll(name);
      await app.servers.stop({ server: name });
    },
    async forbid(policies, timed) {
      const minutes = timed ? 'forbid (principal, action, resource) when { context.time.minutes < 0 };\n' : '';
      const each = (_: unknown, number: number) =>
        `forbid (principal, action, resource) when { context.arguments.hasTag("/message") && context.arguments.getTag("/message") like "no ${number} *" };\n`;
      await writeFile(
        join(home, 'config', 'policies', 'bench.cedar'),
        minutes + Array.from({ length: policies }, each).join(''),
      );
      const { faults, proposal } = await app.policy.check();
      if (faults.length > 0 || proposal !== null) throw new Error(`policies are not in force: ${faults[0]?.message}`);
    },
    async close() {
      await endChild(child);
      // Stored packages lie read-only.
      await promisify(execFile)('chmod', ['-R', 'u+w', home]);
      await rm(home, { recursive: true, force: true });
    },
  };
}

function openClient(pipe: Duplex): Client {
  return createORPCClient<Client>(new RPCLink({ port: pipePort(pipe) }));
}
