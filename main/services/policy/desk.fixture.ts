/** An engine over a folder of policies of its own, as a person edits it, for tests of what comes into force. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openCedar } from '../../adapters/cedar/cedar.ts';
import { readSettings } from '../../adapters/files/settingsText.ts';
import type { ToolClass } from '../../contract/tool.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { callQuestion, leafFacts } from '../../core/policy/question.fixture.ts';
import { CEDAR_SCHEMA } from '../../core/policy/schema.ts';
import { KeptRows } from '../tools/rows.fixture.ts';
import { openPolicies } from './engine.ts';
import type { PolicyEngine, PolicyFiles, PolicySource } from './ports.ts';

const cedar = openCedar(CEDAR_SCHEMA);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export const SHIPPED: readonly PolicySource[] = ['protected.cedar', 'default.cedar'].map((file) => ({
  file,
  text: readFileSync(new URL(`../../../resources/policies/${file}`, import.meta.url), 'utf8'),
}));

export class PolicyDesk {
  readonly folder = mkdtempSync(join(tmpdir(), 'policies-'));
  readonly rows = new KeptRows();
  /** Files of which the disk gives nothing. */
  readonly unread = new Set<string>();
  now = '2026-11-21T11:00:00.000000Z';
  #engine: PolicyEngine | undefined;
  #changed = () => {};

  static async open(): Promise<PolicyDesk> {
    const desk = new PolicyDesk();
    await desk.reopen();
    return desk;
  }

  get engine(): PolicyEngine {
    if (this.#engine === undefined) throw new Error('not open');
    return this.#engine;
  }

  /** The engine of the next start. */
  async reopen(defaults = SHIPPED): Promise<void> {
    this.#engine?.close();
    const { rows } = this;
    const zone = () => 'Europe/Berlin';
    const files: PolicyFiles = {
      read: async () => this.#files(),
      onChange: (listener) => {
        this.#changed = listener;
        return () => {};
      },
    };
    const setting = { cedar, readSettings, sha256, now: () => this.now, zone };
    this.#engine = await openPolicies({ ...setting, defaults, files, rows, audit: rows });
  }

  /** Writes a file without a word to the engine. */
  put(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  async write(file: string, text: string): Promise<void> {
    this.put(file, text);
    await this.engine.check();
  }

  async remove(file: string): Promise<void> {
    rmSync(join(this.folder, file));
    await this.engine.check();
  }

  /** What the watcher of the folder says. */
  changed(): void {
    this.#changed();
  }

  call(leaves: Record<string, string> = {}, toolClass: ToolClass = 'write'): Verdict {
    return this.engine.decide(callQuestion({ class: toolClass, facts: leafFacts(leaves) }));
  }

  accept(): void {
    this.engine.accept(this.engine.state().proposal?.digest ?? '', { person: 'anna', via: 'window' });
  }

  close(): void {
    this.engine.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #files() {
    const names = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    return names
      .filter((file) => /\.cedar$|^settings\.json$/.test(file))
      .map((file) =>
        this.unread.has(file)
          ? { file, unread: 'The file cannot be read.' }
          : { file, text: readFileSync(join(this.folder, file), 'utf8') },
      );
  }
}
