/** What the policy is asked about one governed message. */
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
}
