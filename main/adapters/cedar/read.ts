/** From a Cedar file to its policies, or to what is wrong with it and where. */
import * as wasm from '@cedar-policy/cedar-wasm/nodejs';
import type { Policy, PolicyFault, PolicySource } from '../../services/policy/ports.ts';
import { tooDeepAt } from './depth.ts';
import type { Statement } from './statements.ts';
import { linesOf, statements } from './statements.ts';

/** Above this a file is not worth the time that parsing it takes from calls that wait. */
const MAX_CHARS = 512 * 1024;
/** Each takes about half a millisecond to be read. */
const MAX_POLICIES = 1_000;

const TOO_DEEP =
  'This rule is nested too deep, or joins too many parts: write a list of values as [..].contains(..), or several rules.';

/**
 * The policies of a file in their order, validated strictly against the schema. Cedar's warnings (a policy that can
 * never apply, look-alike characters) are faults too: such a policy does not do what it seems to.
 * With any fault there are no policies.
 */
export function readPolicies(source: PolicySource, schema: string): { policies: Policy[]; faults: PolicyFault[] } {
  const { file, text } = source;
  const refuse = (message: string, line: number | null = null) => ({
    policies: [],
    faults: [{ file, line, message }],
  });
  if (text.length > MAX_CHARS) return refuse(`The file is longer than ${MAX_CHARS / 1024} Ki characters.`);
  if (!text.isWellFormed()) return refuse('The file is not valid Unicode.');
  const deep = tooDeepAt(text);
  if (deep !== null) return refuse(TOO_DEEP, linesOf(text)(deep));
  const found = statements(text);
  if (found.length > MAX_POLICIES) return refuse(`The file has more than ${MAX_POLICIES} rules.`);
  try {
    const parts = wasm.policySetTextToParts(text);
    if (parts.type === 'failure') {
      const error = parts.errors[0];
      const at = error?.sourceLocations?.[0]?.start;
      return refuse(sentence(error), at === undefined ? null : linesOf(Buffer.from(text))(at));
    }
    if (parts.policy_templates.length > 0) return refuse('Templates (?principal, ?resource) are not used here.');
    const same = found.map((statement) => statement.text).sort();
    if (same.join('\0') !== parts.policies.toSorted().join('\0'))
      return refuse('The file cannot be split into policies.');
    const faults = validate(source, schema);
    if (faults.length > 0) return { policies: [], faults };
    const lineOf = linesOf(text);
    return {
      policies: found.map((statement, index) => policy(file, statement, index, lineOf(statement.start))),
      faults: [],
    };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function validate({ file, text }: PolicySource, schema: string): PolicyFault[] {
  const answer = wasm.validate({ schema, policies: { staticPolicies: text } });
  if (answer.type === 'failure') return answer.errors.map((error) => ({ file, line: null, message: sentence(error) }));
  const lineOf = linesOf(Buffer.from(text));
  const faults = new Map<string, PolicyFault>();
  for (const { policyId, error } of [...answer.validationErrors, ...answer.validationWarnings]) {
    const at = error.sourceLocations?.[0]?.start;
    const line = at === undefined ? null : lineOf(at);
    // Cedar tells each once more for every action it concerns, and counts policies where people give names.
    const key = `${policyId}:${at}`;
    const message = sentence(error).replaceAll(`for policy \`${policyId}\`, `, '');
    if (!faults.has(key)) faults.set(key, { file, line, message });
  }
  return [...faults.values()];
}

function policy(file: string, statement: Statement, index: number, line: number): Policy {
  const answer = wasm.policyToJson(statement.text);
  if (answer.type === 'failure') throw new Error(sentence(answer.errors[0]));
  const { effect, annotations } = answer.json;
  return {
    id: annotations?.id ?? `${file}#${index + 1}`,
    reason: annotations?.reason ?? null,
    effect,
    file,
    line,
    text: statement.text,
    json: answer.json,
  };
}

function sentence(error: wasm.DetailedError | undefined): string {
  if (error === undefined) return 'Cedar does not take this file.';
  return error.help === null ? error.message : `${error.message} (${error.help})`;
}
