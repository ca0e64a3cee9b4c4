/** One Cedar policy of a file, read and validated, and what is wrong with one that is not. */

export interface Policy {
  /** The `@id`, or the file and the number of the policy in it from 1, such as `team.cedar#2`. */
  readonly id: string;
  /** The `@reason`, a sentence for a person. */
  readonly reason: string | null;
  readonly effect: 'permit' | 'forbid';
  readonly file: string;
  /** From 1. */
  readonly line: number | null;
  /** The policy's own Cedar text, annotations included, without what stands around it. */
  readonly text: string;
  /** Cedar's JSON policy format (docs.cedarpolicy.com/policies/json-format.html). */
  readonly json: unknown;
}

export interface PolicyFault {
  readonly file: string;
  /** From 1; null when it concerns the whole file. */
  readonly line: number | null;
  readonly message: string;
}

export interface PolicySource {
  readonly file: string;
  readonly text: string;
}

/** What makes two policies the same one whatever stands around them: effect, scope, conditions and annotations. */
export function policyIdentity(policy: Policy): string {
  return JSON.stringify(policy.json);
}
