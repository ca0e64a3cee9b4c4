import type { Folders } from '../../adapters/system/paths.ts';
import type { SystemAuthentication } from '../../contract/personProof.ts';
import type { RecordDraft } from '../../contract/record.ts';
import { type Refusal, Refused, refusal } from '../../contract/refusal.ts';
import type { KeystoreState } from '../../contract/secret.ts';
import { changeEvent, type DaemonStatus, type DoctorCheck } from '../../contract/status.ts';
import type { ToolClass } from '../../contract/tool.ts';
import type { Actor } from '../../services/actor.ts';
import { appendIfPossible } from '../../services/audit/appendIfPossible.ts';
import type { DiskGuard } from '../../services/audit/diskGuard.ts';
import type { Clock } from '../../services/clock.ts';
import { type ChosenKeystore, openVault } from '../../services/vault/chooseKeystore.ts';
import { Changes } from './changes.ts';
import { composeCore } from './compose.ts';
import type { Core } from './core.ts';
import type { Daemon, Mode } from './daemon.ts';
import { examine } from './doctor.ts';
import type { ProductFiles } from './productFiles.ts';
import { createRouter, type Router } from './router/router.ts';
import { statusOf } from './status.ts';

export interface HostParts {
  readonly folders: Folders;
  readonly product: ProductFiles;
  readonly clock: Clock;
  readonly disk: DiskGuard;
  readonly person: string;
  readonly version: string;
  /** Where the keys were found to live at the start. */
  readonly chosen: ChosenKeystore;
  readonly findKeystore: () => Promise<ChosenKeystore>;
  readonly fault: (error: unknown) => void;
  /** Called once the core is there: peers may come in. */
  readonly opened: (core: Core) => void;
  /** Ends the process, after everything else has ended. */
  readonly ended: () => void;
}

/** This process's daemon: a core once there are keys, and the way answers may come. */
export class Host implements Daemon {
  readonly changes = new Changes();
  readonly person: string;
  readonly router: Router;
  readonly #parts: HostParts;
  readonly #since: string;
  #chosen: ChosenKeystore;
  #core: Core | null = null;
  #opening: Promise<void> | null = null;
  #stopping: Promise<void> | null = null;
  /** The approval window's door is open. */
  #window = false;
  #system: SystemAuthentication | null = null;
  /** Passcodes that did not open the vault. */
  #wrong = 0;
  /** Started on a terminal, or with a passcode: the passcode approves. */
  #headless = false;

  constructor(parts: HostParts) {
    this.#parts = parts;
    this.#chosen = parts.chosen;
    this.person = parts.person;
    this.#since = parts.clock.now();
    this.router = createRouter(this);
    parts.disk.watch(() => this.changes.tell('status'));
  }

  core(): Core {
    if (this.#core) return this.#core;
    const { state, detail } = this.keystore();
    throw new Refused(state === 'locked' ? 'VAULT_LOCKED' : 'KEYCHAIN_UNAVAILABLE', detail);
  }

  mode(): Mode {
    if (this.#window) return 'app';
    return this.#headless && this.#core?.passcode.state() !== 'missing' ? 'headless' : 'look-only';
  }

  system(): SystemAuthentication | null {
    return this.#window ? this.#system : null;
  }

  offerSystem(system: SystemAuthentication | null): void {
    if (system === this.#system) return;
    this.#system = system;
    this.#noteSystem();
    this.changes.tell('status');
  }

  keystore(): KeystoreState {
    return this.#chosen.keystore.state();
  }

  status(): DaemonStatus {
    const { version, folders, disk } = this.#parts;
    const [mode, keystore] = [this.mode(), this.keystore()];
    return statusOf({
      version,
      since: this.#since,
      home: folders.home,
      mode,
      keystore,
      system: this.system(),
      disk: disk.state(),
      core: this.#core,
    });
  }

  doctor(): Promise<DoctorCheck[]> {
    const { folders, product } = this.#parts;
    return examine({ status: this.status(), core: this.#core, folders, product });
  }

  fault(error: unknown): void {
    this.#parts.fault(error);
  }

  /** The approval window came or went. When it goes, nobody can answer any more: what is open is denied. */
  setWindow(open: boolean): void {
    this.#window = open;
    this.#noteWindow();
    if (!open) this.#core?.asks.withdrawAll();
    this.changes.tell('status');
  }

  /** From now on the passcode answers: `by` typed it, or may. */
  setHeadless(by: Actor): void {
    this.#headless = true;
    this.#note({ type: 'daemon', event: 'headless', ...by });
    this.changes.tell('status');
  }

  async lookForKeys(): Promise<void> {
    if (this.#core || this.#opening) return;
    const found = await this.#parts.findKeystore();
    if (this.#core || this.#opening) return;
    this.#chosen = found;
    if (this.keystore().state === 'ready') await this.open();
    this.changes.tell('status');
  }

  async unlock(passcode: string, by: Actor): Promise<void> {
    const chosen = this.#chosen;
    if (this.#core) return;
    if (!chosen.vault) throw new Refused('KEYCHAIN_UNAVAILABLE', this.keystore().detail);
    try {
      await openVault(chosen.vault, passcode);
    } catch (error) {
      this.#wrong++;
      throw error;
    }
    await this.open();
    // Until now there was no ledger that could have told of those that were wrong.
    this.#note({ type: 'daemon', event: 'unlocked', ...by, detail: { failures: this.#wrong } });
    this.#wrong = 0;
    const { passcode: approving, audit } = this.core();
    if (approving.state() === 'missing') {
      // The passcode that seals the vault is the one that approves.
      await approving.set(passcode);
      audit.append({ type: 'passcode', event: 'set', ...by, detail: { replaces: false } });
    }
    this.changes.tell('status');
  }

  /** Opens the core over a keystore that is ready. Rejects with `Refused`. */
  open(): Promise<void> {
    this.#opening ??= this.#open().catch((error) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  stop(reason: string, by?: Actor): Promise<void> {
    this.#stopping ??= (async () => {
      this.#parts.disk.close();
      await this.#core?.close(reason, by).catch((error) => this.fault(error));
      this.#parts.ended();
    })();
    return this.#stopping;
  }

  #noteWindow(): void {
    this.#note({ type: 'daemon', event: this.#window ? 'window-opened' : 'window-closed' });
  }

  #noteSystem(): void {
    const event = this.#system === null ? 'system-gone' : 'system-offered';
    this.#note({ type: 'passcode', event, via: 'window', detail: { system: this.#system } });
  }

  /** Who may answer from now on, and how; nothing where there is no ledger yet, or no longer. */
  #note(draft: RecordDraft): void {
    if (this.#core && !this.#stopping) appendIfPossible(this.#core.audit, draft);
  }

  async #open(): Promise<void> {
    const { folders, product, clock, disk, person, version, fault, opened } = this.#parts;
    this.#core = await composeCore({
      folders,
      product,
      clock,
      disk,
      person,
      version,
      chosen: this.#chosen,
      fault,
      changes: this.changes,
      router: this.router,
      canAsk: (toolClass) => whyNobody(this.mode(), toolClass),
      everywhere: () => (this.mode() === 'app' ? null : 'There is no window here that only you can answer in.'),
    });
    if (this.#window) this.#noteWindow();
    if (this.#system !== null) this.#noteSystem();
    opened(this.#core);
    for (const topic of changeEvent.shape.topic.options) this.changes.tell(topic);
  }
}

/** A terminal and a browser are never proof enough for the highest class (SECURITY.md rule 2). */
function whyNobody(mode: Mode, toolClass: ToolClass): Refusal | null {
  if (mode === 'look-only') return refusal('LOOK_ONLY');
  return mode === 'headless' && toolClass === 'external' ? refusal('WINDOW_NEEDED') : null;
}
