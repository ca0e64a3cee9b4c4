/**
 * Cedar itself, through its WebAssembly build for Node. That build reads `cedar_wasm_bg.wasm` from the folder of its
 * own module, so bundles leave `@cedar-policy/cedar-wasm` outside.
 */
import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import * as wasm from '@cedar-policy/cedar-wasm/nodejs';
import type { Cedar, Evaluation, LoadedPolicies, Policy } from '../../services/policy/ports.ts';
import { readPolicies } from './read.ts';

/**
 * V8 compiles Cedar's busiest functions anew while it works: four at a time and with what they call inside of them, which
 * leaves 30 MB behind that no allocator gives back, and evaluates hardly faster than one at a time without (measured).
 */
const COMPILING = ['--wasm-num-compilation-tasks=1', '--no-wasm-inlining'];

/** Cedar under this schema (Cedar's own schema syntax). Throws when the schema does not parse. */
export function openCedar(schema: string): Cedar {
  for (const flag of COMPILING) setFlagsFromString(flag);
  const parsed = wasm.checkParseSchema(schema);
  if (parsed.type === 'failure') throw new Error(`Cedar schema: ${parsed.errors[0]?.message}`);
  return { read: (source) => readPolicies(source, schema), load };
}

/** Cedar keeps parsed sets by name for as long as the process lives, so each gets its own and ends as an empty one. */
function load(policies: readonly Policy[]): LoadedPolicies {
  const name = randomUUID();
  const texts = Object.fromEntries(policies.map(({ text }, number) => [String(number), text]));
  const parsed = wasm.preparsePolicySet(name, { staticPolicies: texts });
  if (parsed.type === 'failure') throw new Error(parsed.errors[0]?.message ?? 'Cedar did not take the policies');
  return {
    evaluate: (request) => {
      const answer = wasm.statefulIsAuthorized({ ...request, preparsedPolicySetId: name });
      if (answer.type === 'failure') throw new Error(answer.errors[0]?.message ?? 'Cedar did not take the request');
      return evaluation(answer.response);
    },
    close: () => {
      wasm.preparsePolicySet(name, { staticPolicies: {} });
    },
  };
}

function evaluation({ decision, diagnostics }: wasm.Response): Evaluation {
  return {
    allowed: decision === 'allow',
    determining: diagnostics.reason.map(Number),
    errors: diagnostics.errors.map(({ policyId, error }) => ({ policy: Number(policyId), message: error.message })),
  };
}
