/** What the policy is asked about one governed message. */

import type { Settings } from '../../contract/settings.ts';
import type { ToolClass } from '../../contract/tool.ts';
import type { CallFacts } from '../gate/facts.ts';
import type { PolicyAction } from './schema.ts';

export interface PolicyQuestion {
  /** `call` unless said otherwise. */
  readonly action?: PolicyAction;
  readonly person: string;
  readonly session: string;
  readonly client: string | null;
  readonly server: string;
  /** The tool's or prompt's name, or the resource's URI. */
  readonly tool: string;
  readonly class: ToolClass;
  readonly facts: CallFacts;
  /** When it is asked, RFC 3339; now unless said otherwise. */
  readonly at?: string;
  /** In place of what the settings in force say; for questions that nobody's request asks. */
  readonly situation?: Partial<Situation>;
}

/** What is so whoever asks: the person's roles, and where this machine works. */
export type Situation = Pick<Settings, 'roles' | 'environment' | 'tenant' | 'region'>;
