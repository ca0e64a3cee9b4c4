/** Checking arguments against a tool's input schema with ajv. */
import type { AnySchemaObject, Options, ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ArgumentCheck } from '../../services/tools/ports.ts';
import { isWithin, type Quick, quickUnder } from './costly.ts';
import { inTime } from './inTime.ts';

const OPTIONS: Options = {
  // Servers' schemas carry keywords of their own; they say nothing about validity.
  strict: false,
  // Formats are notes in 2020-12 unless a schema says otherwise, and servers invent them.
  validateFormats: false,
  // A schema's $id must not reach the next schema.
  addUsedSchema: false,
  logger: false,
  code: { regExp: Object.assign(lenientRegExp, { code: 'new RegExp' }) },
};

/** Patterns are Unicode patterns; those that are none, such as `\_`, are read as browsers read them. */
function lenientRegExp(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}

/** Definitions whose compiled schemas are kept. */
const MAX_COMPILED = 5_000;

/** Longer than this no call holds the others up, milliseconds; and once, when its schema is compiled. */
const MOST_MS = 200;
const MOST_COMPILING_MS = 2_000;

const TOO_LONG_TO_COMPILE = `the tool's input schema cannot be used: reading it takes longer than ${MOST_COMPILING_MS} ms`;

const newDrafts = () => ({
  'draft-07': new Ajv(OPTIONS),
  'draft/2019-09': new Ajv2019(OPTIONS),
  'draft/2020-12': new Ajv2020(OPTIONS),
});

interface Usable {
  readonly check: ValidateFunction;
  readonly quick: Quick;
}
type Compiled = Usable | string;

/**
 * A check that compiles each definition's schema once. Without `$schema` it is 2020-12, as MCP says, or else draft-07, which
 * older servers mean; references to anything outside the schema, unknown dialects and asynchronous schemas are refused,
 * and so is what takes too long to be checked: servers write the patterns, and models the values.
 */
export function ajvCheck(): ArgumentCheck {
  let drafts = newDrafts();
  const compiled = new Map<string, Compiled>();
  const soon = inTime();

  const dialects = (dialect: unknown): Ajv[] => {
    if (dialect === undefined) return [drafts['draft/2020-12'], drafts['draft-07']];
    if (typeof dialect !== 'string') return [];
    const name = /^https?:\/\/json-schema\.org\/(draft-07|draft\/2019-09|draft\/2020-12)\/schema#?$/.exec(dialect)?.[1];
    return name === undefined ? [] : [drafts[name as keyof typeof drafts]];
  };

  const compile = (schema: object): Compiled => {
    const { $schema } = schema as { $schema?: unknown };
    let problem = 'its $schema names a dialect that is not supported';
    for (const ajv of dialects($schema)) {
      try {
        // The dialect is chosen by now; http and https, with and without "#", are the same one.
        const { $schema: _, ...plain } = schema as AnySchemaObject;
        const check = ajv.compile(plain);
        if (!('$async' in check)) return { check, quick: quickUnder(plain) };
        problem = 'it is asynchronous';
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
      }
    }
    return `the tool's input schema cannot be used: ${problem}`;
  };

  return (definitionDigest, schema, value) => {
    if (typeof schema !== 'object' || schema === null) return 'the tool has no input schema';
    let found = compiled.get(definitionDigest);
    if (found === undefined) {
      found = soon(() => compile(schema), MOST_COMPILING_MS) ?? TOO_LONG_TO_COMPILE;
      // What was broken off in the middle is not gone on with.
      if (found === TOO_LONG_TO_COMPILE) drafts = newDrafts();
      if (compiled.size >= MAX_COMPILED) compiled.clear();
      compiled.set(definitionDigest, found);
    }
    if (typeof found === 'string') return found;
    const { check, quick } = found;
    const fits = isWithin(value, quick) ? check(value) : soon(() => check(value), MOST_MS);
    if (fits === undefined) return `checking them against the tool's input schema takes longer than ${MOST_MS} ms`;
    if (fits === true) return null;
    const error = check.errors?.[0];
    if (error === undefined) return 'the arguments do not fit';
    const extra = error.keyword === 'additionalProperties' ? ` ("${error.params.additionalProperty}")` : '';
    return `"${error.instancePath}" ${error.message ?? 'does not fit'}${extra}`;
  };
}
