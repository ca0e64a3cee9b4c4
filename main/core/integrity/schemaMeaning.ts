/** What a changed input schema means for the arguments a model sends (JSON Schema 2020-12, draft-07). */

import { pointerStep } from '../gate/facts.ts';
import { capital, type Found, same, shown, textMeaning, valueMeaning } from './sentences.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Keywords that let less through the smaller they are, and those that let less through the larger they are. */
const UPPER = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']);
const LOWER = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']);
const DEPTH = 8;

/** A sentence for each keyword that differs, argument by argument; what is nested is named by its path, as in `to.address`. */
export function schemaMeaning(before: unknown, after: unknown, found: Found): string[] {
  if (before === undefined) return ['An input schema was added: arguments are checked against it.'];
  if (after === undefined) return ['The input schema was removed: the model may send anything.'];
  return walk({ path: '', pointer: '/inputSchema', before: schemaOf(before), after: schemaOf(after), found, depth: 0 });
}

interface Place {
  readonly path: string;
  readonly pointer: string;
  readonly before: Schema;
  readonly after: Schema;
  readonly found: Found;
  readonly depth: number;
}

function walk(place: Place): string[] {
  const { before, after } = place;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.filter((key) => !same(before[key], after[key])).flatMap((key) => keyword(place, key));
}

function keyword(place: Place, key: string): string[] {
  const { path, before, after, found, depth } = place;
  const [was, now] = [before[key], after[key]];
  const what = path === '' ? 'the arguments' : `\`${path}\``;
  const pointer = `${place.pointer}/${pointerStep(key)}`;
  if (depth >= DEPTH) return [`Something deep inside ${what} changed.`];
  switch (key) {
    case 'properties':
      return properties(place, pointer);
    case 'required':
      return required(place);
    case 'items':
      return walk({
        ...place,
        path: `${path}[]`,
        pointer,
        before: schemaOf(was),
        after: schemaOf(now),
        depth: depth + 1,
      });
    case 'type':
      return [`${capital(what)} now takes ${types(now)}, and took ${types(was)}.`];
    case 'description':
    case 'title':
      return textMeaning(
        `The ${key} of ${what}`,
        was,
        now,
        pointer,
        found,
        'The model reads it when it fills in the value.',
      );
    case 'default':
      return [defaults(what, was, now)];
    case 'enum':
      return choices(what, was, now);
    case 'additionalProperties':
      if (now === false) return [`Names that the schema does not list are no longer let through in ${what}.`];
      return [`Names that the schema does not list are let through in ${what} now.`];
    default:
      return limit(key, what, was, now) ?? valueMeaning(`\`${key}\` of ${what}`, was, now, pointer, found);
  }
}

function properties(place: Place, pointer: string): string[] {
  const { path, before, after } = place;
  const [was, now] = [schemaOf(before.properties), schemaOf(after.properties)];
  return [...new Set([...Object.keys(was), ...Object.keys(now)])].flatMap((name) => {
    const inner = path === '' ? name : `${path}.${name}`;
    if (!Object.hasOwn(was, name)) return [added(inner, schemaOf(now[name]), requires(after).has(name))];
    if (!Object.hasOwn(now, name)) return [`The argument \`${inner}\` was removed: the model no longer sends it.`];
    const into = { path: inner, pointer: `${pointer}/${pointerStep(name)}`, depth: place.depth + 1 };
    return walk({ ...place, ...into, before: schemaOf(was[name]), after: schemaOf(now[name]) });
  });
}

function added(path: string, schema: Schema, isRequired: boolean): string {
  const fixed = schema.default === undefined ? '' : ` Where it does not, it is ${shown(schema.default)}.`;
  return isRequired
    ? `A new required argument \`${path}\` was added: the model will now send a value for it.${fixed}`
    : `A new optional argument \`${path}\` was added: the model may now send a value for it.${fixed}`;
}

/** Only of arguments that were there before and still are: the others are said to be new, or removed. */
function required({ path, before, after }: Place): string[] {
  const [was, now] = [requires(before), requires(after)];
  const stays = (name: string) =>
    Object.hasOwn(schemaOf(before.properties), name) === Object.hasOwn(schemaOf(after.properties), name);
  const full = (name: string) => (path === '' ? name : `${path}.${name}`);
  return [
    ...[...now.difference(was)]
      .filter(stays)
      .map((name) => `\`${full(name)}\` is required now: the model will always send a value for it.`),
    ...[...was.difference(now)]
      .filter(stays)
      .map((name) => `\`${full(name)}\` is optional now: the model may leave it out.`),
  ];
}

function defaults(what: string, was: unknown, now: unknown): string {
  if (now === undefined) return `The default of ${what} was removed. It was ${shown(was)}.`;
  const kind = typeof now === 'string' && /^[a-z][a-z0-9+.-]*:\/\//i.test(now) ? 'an address, ' : '';
  const from = was === undefined ? 'is now' : `went from ${shown(was)} to`;
  return `The default of ${what} ${from} ${kind}${shown(now)}: it is used whenever the model leaves the value out.`;
}

function choices(what: string, was: unknown, now: unknown): string[] {
  if (now === undefined) return [`${capital(what)} is no longer one of a list: any value is let through.`];
  if (was === undefined) return [`${capital(what)} has to be one of a list now: ${shown(now)}.`];
  const [before, after] = [listOf(was), listOf(now)];
  const [more, less] = [after.difference(before), before.difference(after)];
  return [
    ...(more.size > 0 ? [`${capital(what)} may now also be ${[...more].map(cut).join(' or ')}.`] : []),
    ...(less.size > 0 ? [`${capital(what)} may no longer be ${[...less].map(cut).join(' or ')}.`] : []),
    ...(more.size + less.size === 0 ? [`The values that ${what} may have are listed in another order.`] : []),
  ];
}

function limit(key: string, what: string, was: unknown, now: unknown): string[] | null {
  const upper = UPPER.has(key);
  if (!upper && !LOWER.has(key)) return null;
  if (now === undefined)
    return [`The limit \`${key}\` of ${what} was removed, so more is let through. It was ${shown(was)}.`];
  if (was === undefined) return [`${capital(what)} has a limit now: \`${key}\` is ${shown(now)}.`];
  const wider = upper ? Number(now) > Number(was) : Number(now) < Number(was);
  return [
    `The limit \`${key}\` of ${what} went from ${shown(was)} to ${shown(now)}: ${wider ? 'more' : 'less'} is let through.`,
  ];
}

function requires({ required: names }: Schema): Set<string> {
  return new Set(Array.isArray(names) ? names.map(String) : []);
}

function listOf(value: unknown): Set<string> {
  return new Set(Array.isArray(value) ? value.map((one) => JSON.stringify(one)) : []);
}

function types(value: unknown): string {
  if (value === undefined) return 'any value';
  return Array.isArray(value) ? value.map(String).join(' or ') : String(value);
}

function schemaOf(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}

const cut = (json: string): string => (json.length <= 60 ? json : `${json.slice(0, 60)}…`);
