/** Starts and stops servers' instances, remembers crashes, keeps logs (PRODUCT.md S1 to S3). */
import type { RecordDraft } from '../../contract/record.ts';
import { Refused } from '../../contract/refusal.ts';
import {
  afterStart,
  NO_STARTS,
  START_LIMITS,
  type StartLimits,
  type Starts,
  waitBeforeStart,
} from '../../core/lifecycle/starts.ts';
import type { AuditWriter, SecretValues } from '../audit/ports.ts';
import type { Clock, NewId } from '../clock.ts';
import { openInstance } from './instance.ts';
import type { Instance, LogFiles, Processes, SpawnPlan, Supervisor } from './ports.ts';
import { ServerLog } from './serverLog.ts';

export interface SupervisorParts {
  readonly processes: Processes;
  readonly audit: AuditWriter;
  readonly clock: Clock;
  readonly newId: NewId;
  /** In [0, 1). */
  readonly random: () => number;
  /** Masked in every log line. */
  readonly secretValues: SecretValues;
  readonly logFiles: LogFiles;
  readonly limits?: StartLimits;
}

/** Everything of one server that outlives its instances. */
interface Server {
  readonly log: ServerLog;
  readonly instances: Set<Instance>;
  /** Give up the starts that wait, with a reason. */
  readonly waiting: Set<(reason: string) => void>;
  starts: Starts;
  /** How often it was stopped: a start that was under way meanwhile is void. */
  stops: number;
  lastReason: string | null;
  announced: boolean;
}

/** Log lines may come by the thousand; listeners hear of them this often, in milliseconds. */
const ANNOUNCE_LOG_MS = 100;

/** How programs say what the sandbox kept them from, and what a person can do about it. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /\bEROFS\b|read-?only (file ?system|database)/i,
    'The sandbox keeps this server from changing that. If it should, name the folder: countersign sandbox NAME standard --write FOLDER',
  ],
  [
    /(docker|podman|containerd)\S*\.sock|connect to the (docker|podman)/i,
    'The sandbox has no door to the container engine, through which everything can be reached. If it needs it: countersign sandbox NAME off',
  ],
];

function hintFor(text: string): string | undefined {
  return HINTS.find(([said]) => said.test(text))?.[1];
}

export function openSupervisor(parts: SupervisorParts): Supervisor {
  const { processes, clock, newId } = parts;
  const limits = parts.limits ?? START_LIMITS;
  const servers = new Map<string, Server>();
  const listeners = new Set<(server: string) => void>();

  const serverOf = (name: string): Server => {
    const known = servers.get(name);
    if (known) return known;
    const server: Server = {
      log: new ServerLog(),
      instances: new Set(),
      waiting: new Set(),
      starts: NO_STARTS,
      stops: 0,
      lastReason: null,
      announced: false,
    };
    servers.set(name, server);
    return server;
  };
  const announce = (name: string) => {
    for (const listener of listeners) listener(name);
  };
  const announceSoon = (name: string, server: Server) => {
    if (server.announced) return;
    server.announced = true;
    clock.after(ANNOUNCE_LOG_MS, () => {
      server.announced = false;
      announce(name);
    });
  };
  const keep = (name: string, instance: string | null, stream: 'stderr' | 'stdout' | 'lifecycle', text: string) => {
    const server = serverOf(name);
    const line = server.log.add({ at: clock.now(), stream, text: masked(text, parts.secretValues), instance });
    parts.logFiles.append(name, line);
    announceSoon(name, server);
  };
  /** What already happened is noted even where the ledger cannot be written; nothing hangs on it. */
  const note = (draft: RecordDraft) => {
    try {
      parts.audit.append(draft);
    } catch {
      keep(draft.server ?? '', null, 'lifecycle', `not recorded: ${draft.event}`);
    }
  };
  const crashed = (server: Server, startedAt: number, reason: string) => {
    const at = clock.monotonic();
    server.starts = afterStart(server.starts, { kind: 'crashed', startedAt, at, random: parts.random() }, limits);
    server.lastReason = reason;
  };

  /** Resolves when the server may be started; rejects when it has failed or is stopped meanwhile. */
  const turn = async (name: string, server: Server): Promise<void> => {
    for (;;) {
      const wait = waitBeforeStart(server.starts, clock.monotonic());
      if (wait === null) throw new Refused('SERVER_FAILED', `${name}: ${server.lastReason ?? 'too many crashes'}`);
      if (wait === 0) return;
      keep(name, null, 'lifecycle', `waiting ${Math.ceil(wait)} ms before the next start`);
      announce(name);
      await new Promise<void>((resolve, reject) => {
        const end = (settle: () => void) => {
          cancel();
          server.waiting.delete(giveUp);
          settle();
        };
        const giveUp = (reason: string) => end(() => reject(new Refused('SERVER_FAILED', `${name}: ${reason}`)));
        const cancel = clock.after(wait, () => end(resolve));
        server.waiting.add(giveUp);
      });
    }
  };

  const start = async (plan: SpawnPlan, session: string | null, stops: number): Promise<Instance> => {
    const name = plan.server;
    const server = serverOf(name);
    const refuseStopped = () => {
      if (server.stops !== stops) throw new Refused('SERVER_FAILED', `${name} was stopped while it started`);
    };
    refuseStopped();
    await turn(name, server);
    refuseStopped();
    const id = newId();
    const facts = { type: 'lifecycle', server: name, ...(session === null ? {} : { session }) } as const;
    // Nothing runs unrecorded: where this throws, nothing was started.
    parts.audit.append({ ...facts, event: 'starting', detail: { instance: id, program: plan.program } });
    const startedAt = clock.monotonic();
    const tree = await processes.spawn(plan, id).catch((error: unknown) => {
      const reason = error instanceof Refused ? error.message : 'The program could not be started';
      crashed(server, startedAt, reason);
      keep(name, id, 'lifecycle', reason);
      note({ ...facts, event: 'failed', reason, detail: { instance: id } });
      announce(name);
      throw error;
    });
    if (server.stops !== stops) {
      await tree.stop();
      note({ ...facts, event: 'stopped', reason: 'Stopped while it started', detail: { instance: id } });
      refuseStopped();
    }
    keep(name, id, 'lifecycle', `started as process ${tree.pid}`);

    let hinted = false;
    const instance: Instance = openInstance({
      id,
      server: name,
      session,
      startedAt: clock.now(),
      tree,
      log: (stream, text) => {
        keep(name, id, stream, text);
        const hint = hinted || stream !== 'stderr' || plan.confinement === null ? undefined : hintFor(text);
        if (hint === undefined) return;
        hinted = true;
        keep(name, id, 'lifecycle', hint);
      },
      changed: ({ state, reason }, entered) => {
        if (entered && state === 'ready') note({ ...facts, event: 'ready', detail: { instance: id, pid: tree.pid } });
        if (entered && state === 'unhealthy')
          note({ ...facts, event: 'unhealthy', reason: reason ?? '', detail: { instance: id } });
        announce(name);
      },
      exited: (how, asked) => {
        server.instances.delete(instance);
        const reason = asked ? `Stopped: ${instance.info().reason ?? how}` : how;
        if (asked) server.lastReason = instance.info().reason;
        else crashed(server, startedAt, reason);
        keep(name, id, 'lifecycle', reason);
        const durationMs = Math.max(0, clock.monotonic() - startedAt);
        note({ ...facts, event: asked ? 'stopped' : 'exited', reason, durationMs, detail: { instance: id } });
        if (server.starts.failed && !asked) note({ ...facts, event: 'failed', reason: 'More crashes than allowed' });
        announce(name);
      },
    });
    server.instances.add(instance);
    announce(name);
    return instance;
  };

  const stopServer = async (name: string, reason: string): Promise<void> => {
    const server = servers.get(name);
    if (!server) return;
    server.stops++;
    for (const giveUp of [...server.waiting]) giveUp(reason);
    await Promise.all([...server.instances].map((instance) => instance.stop(reason)));
  };

  return {
    start,
    stops: (name) => serverOf(name).stops,
    known: () => [...servers.keys()],
    instances: (name) =>
      [...servers].flatMap(([key, { instances }]) => (name === undefined || key === name ? [...instances] : [])),
    standing(name) {
      const server = servers.get(name);
      if (!server) return { state: 'stopped', reason: null };
      if (server.starts.failed) return { state: 'failed', reason: server.lastReason };
      if (server.waiting.size > 0) return { state: 'backing-off', reason: server.lastReason };
      return { state: 'stopped', reason: server.lastReason };
    },
    reset(name) {
      const server = serverOf(name);
      server.starts = afterStart(server.starts, { kind: 'reset' }, limits);
      server.lastReason = null;
      announce(name);
    },
    stopServer,
    async stopAll(reason) {
      await Promise.all([...servers.keys()].map((name) => stopServer(name, reason)));
    },
    logs: (name, options) => servers.get(name)?.log.read(options) ?? [],
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** K2: a secret a server prints does not stay in its log. */
function masked(text: string, { values }: SecretValues): string {
  return values().reduce((line, value) => (value === '' ? line : line.replaceAll(value, '[secret]')), text);
}
