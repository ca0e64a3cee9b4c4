/** Deciding with Cedar. */
import type { Settings } from '../../contract/settings.ts';
import type { PolicyState } from '../../contract/status.ts';
import type { Verdict } from '../../contract/verdict.ts';
import type { Evaluation } from '../../core/policy/derive.ts';
import type { Policy, PolicyFault, PolicySource } from '../../core/policy/policy.ts';
import type { PolicyQuestion } from '../../core/policy/question.ts';
import type { CedarRequest } from '../../core/policy/request.ts';

import type { Actor } from '../actor.ts';

export type { CedarRequest, Evaluation, Policy, PolicyFault, PolicyQuestion, PolicySource };

export interface PolicyEngine {
  /** Smallest number of approvals, 0 to 2, with which the policies in force allow it; never throws: a fault is a deny with POLICY_ERROR. */
  decide(question: PolicyQuestion): Verdict;
  /** The families, as settings in force name them, that a tool is in. */
  familiesOf(server: string, tool: string): string[];
  /** The settings in force. */
  settings(): Settings;
  /** Digest of what is in force: part of what an approval binds to. */
  version(): string;
  state(): PolicyState;
  /** Puts the proposal of this digest into force. Throws `Refused('NOT_FOUND')` when it is no longer the proposal. */
  accept(digest: string, by: Actor): void;
  /** Reads the files as they are on disk now and gives the state that follows. */
  check(): Promise<PolicyState>;
  /** Calls back when state or version changed. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Stops watching and lets go of the policies. */
  close(): void;
}

/** A set of policies that is asked and never in force. */
export interface TriedPolicies {
  readonly decide: PolicyEngine['decide'];
  close(): void;
}

export interface PolicyTrials {
  /**
   * What is in force with this file (policies, or settings) in place of the one of its name, or beside them; null stands
   * for what the files on disk propose. Throws `Refused('CONFIG_INVALID')` with file and line when it has a fault.
   */
  trial(source: PolicySource | null): TriedPolicies;
}

/** A text of settings, read whole or refused. */
export type SettingsRead =
  | { readonly settings: Settings; readonly fault: null }
  | { readonly settings: null; readonly fault: { readonly line: number; readonly message: string } };

/** Reads `settings.json`; an empty text says nothing. Never throws. */
export type ReadSettings = (text: string) => SettingsRead;

/** A file as it is on the disk: its text, or a sentence that says why there is none. */
export type PolicyFile = PolicySource | { readonly file: string; readonly unread: string };

/**
 * The organisation's `organisation/*.cedar` and defaults of servers, `servers/*.cedar`, so called; the person's
 * `policies/*.cedar`; and `settings.json`, where it is there.
 */
export interface PolicyFiles {
  /** All of them, by file name; a folder that is not there has none. Rejects when a folder cannot be read. */
  read(): Promise<PolicyFile[]>;
  /** Calls back when any of them may have changed. Returns the way to stop. */
  onChange(listener: () => void): () => void;
}

/** Cedar, under the schema it was opened with. */
export interface Cedar {
  /** The policies of one file in their order, validated strictly; none when there is any fault. Never throws. */
  read(source: PolicySource): { policies: Policy[]; faults: PolicyFault[] };
  /** Makes a set ready to be asked. Throws when Cedar does not take it. */
  load(policies: readonly Policy[]): LoadedPolicies;
}

export interface LoadedPolicies {
  /** Throws when Cedar does not take the request. */
  evaluate(request: CedarRequest): Evaluation;
  close(): void;
}
