/**
 * What kind of JSON-RPC 2.0 message a line is, whom it concerns and where its parts lie. Read once for every line in
 * both directions, because whether a message is governed hangs on its keys: these are read strictly, what they hold
 * is only checked and skipped.
 */
import type { ErrorCode } from '../../contract/errors.ts';
import { variantOf } from './keys.ts';
import { type Member, readItems, readMembers, type Span, stringAt } from './members.ts';
import { recoverId } from './recover.ts';
import { decodeUtf8 } from './utf8.ts';

export type { Span } from './members.ts';

/** A message as JSON-RPC 2.0 sees it. Spans are byte offsets into the line; `idJson` is the id as written. */
export type Envelope =
  | {
      readonly kind: 'request';
      readonly idJson: string;
      readonly id: string | number;
      readonly method: string;
      readonly params: Span | null;
    }
  | { readonly kind: 'notification'; readonly method: string; readonly params: Span | null }
  | {
      readonly kind: 'response';
      readonly idJson: string;
      readonly id: string | number;
      /** Exactly one of `result` and `error` is set. */
      readonly result: Span | null;
      readonly error: Span | null;
    }
  /** 2025-03-26 and before: each item is a view of one object's bytes. */
  | { readonly kind: 'batch'; readonly items: Uint8Array[] };

export type EnvelopeRefusal = {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly detail: string;
  /** The id to answer with, where one could still be found. */
  readonly idJson: string | null;
};

const KNOWN: ReadonlySet<string> = new Set(['jsonrpc', 'id', 'method', 'params', 'result', 'error']);
const INTEGER = /^(?:0|-?[1-9][0-9]{0,15})$/;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

/**
 * Reads one line. Refuses with NOT_JSON (no JSON, or no JSON-RPC 2.0 message), AMBIGUOUS (a key twice or in another
 * spelling, invalid UTF-8 anywhere), TOO_DEEP, or ID_REFUSED (an id that is neither a string nor a safe integer
 * written as one). Unknown top-level keys pass. Never throws.
 */
export function readEnvelope(line: Uint8Array): { ok: true; envelope: Envelope } | EnvelopeRefusal {
  if (firstByte(line) === OPEN_BRACKET) return readBatch(line);
  const top = readMembers(line);
  if (!top.ok) return refuse(line, top.code, `${top.detail}, at byte ${top.offset}`);
  const { jsonrpc, id, method, params, result, error, variant } = sort(top.members);
  if (variant !== null) return refuse(line, 'AMBIGUOUS', variant);
  if (jsonrpc === undefined || stringAt(line, jsonrpc) !== '2.0')
    return refuse(line, 'NOT_JSON', '"jsonrpc" is not "2.0"');

  if (method !== undefined) {
    if (result !== undefined || error !== undefined) {
      return refuse(line, 'AMBIGUOUS', 'a message that is both a request and an answer');
    }
    const name = stringAt(line, method);
    if (name === null) return refuse(line, 'NOT_JSON', '"method" is not a string');
    const span = present(line, params);
    if (span !== null && !isStructured(line, span)) return refuse(line, 'NOT_JSON', '"params" is no object or array');
    if (id === undefined) return { ok: true, envelope: { kind: 'notification', method: name, params: span } };
    const read = idAt(line, id);
    if (read === null) return refuse(line, 'ID_REFUSED', `the id is ${shortened(line, id)}`);
    return { ok: true, envelope: { kind: 'request', ...read, method: name, params: span } };
  }

  const outcome = outcomeOf(line, result, error);
  if (typeof outcome === 'string') return refuse(line, 'NOT_JSON', outcome);
  // An error may come without an id, or with null, when the request could not be read: it answers nothing we know.
  const read = id === undefined ? null : idAt(line, id);
  if (read === null)
    return refuse(line, 'ID_REFUSED', `the id is ${id === undefined ? 'missing' : shortened(line, id)}`);
  return { ok: true, envelope: { kind: 'response', ...read, ...outcome } };
}

/** Which of `result` and `error` counts. Some servers send the other one as null: that says nothing, and is passed over. */
function outcomeOf(
  line: Uint8Array,
  result: Span | undefined,
  error: Span | undefined,
): { result: Span | null; error: Span | null } | string {
  if (result === undefined && error === undefined) return 'neither a request nor an answer';
  if (error === undefined) return { result: result as Span, error: null };
  const failure = present(line, error);
  if (failure !== null && line[failure.start] !== OPEN_BRACE) return '"error" is not an object';
  if (result === undefined) return failure === null ? '"error" is null' : { result: null, error: failure };
  if (failure === null) return { result, error: null };
  return present(line, result) === null
    ? { result: null, error: failure }
    : 'an answer with both a result and an error';
}

function readBatch(line: Uint8Array): { ok: true; envelope: Envelope } | EnvelopeRefusal {
  const read = readItems(line);
  if (!read.ok) return { ok: false, code: read.code, detail: `${read.detail}, at byte ${read.offset}`, idJson: null };
  const items: Uint8Array[] = [];
  for (const { start, end } of read.items) {
    if (line[start] !== OPEN_BRACE)
      return { ok: false, code: 'NOT_JSON', detail: 'a batch item that is no object', idJson: null };
    items.push(line.subarray(start, end));
  }
  if (items.length === 0) return { ok: false, code: 'NOT_JSON', detail: 'an empty batch', idJson: null };
  return { ok: true, envelope: { kind: 'batch', items } };
}

interface Sorted {
  jsonrpc: Member | undefined;
  id: Member | undefined;
  method: Member | undefined;
  params: Member | undefined;
  result: Member | undefined;
  error: Member | undefined;
  /** What is wrong with a key that resembles one of these. */
  variant: string | null;
}

/** Puts each member in its place: one by one, as a store under a computed name costs more than all the reading. */
function sort(members: readonly Member[]): Sorted {
  const sorted: Sorted = {
    jsonrpc: undefined,
    id: undefined,
    method: undefined,
    params: undefined,
    result: undefined,
    error: undefined,
    variant: null,
  };
  for (const member of members) {
    const { key } = member;
    if (key === 'jsonrpc') sorted.jsonrpc = member;
    else if (key === 'id') sorted.id = member;
    else if (key === 'method') sorted.method = member;
    else if (key === 'params') sorted.params = member;
    else if (key === 'result') sorted.result = member;
    else if (key === 'error') sorted.error = member;
    else {
      // A case-insensitive server would take "Method" for "method" (CVE-2026-27896).
      const known = variantOf(key, KNOWN);
      if (known !== null) sorted.variant = `the key ${JSON.stringify(key)} resembles "${known}"`;
    }
  }
  return sorted;
}

/** A string or safe integer, or null for anything else. */
function idAt(line: Uint8Array, span: Span): { idJson: string; id: string | number } | null {
  if (line[span.start] === 0x22) {
    const id = stringAt(line, span);
    return id === null ? null : { idJson: decodeUtf8(line, span.start, span.end), id };
  }
  if (span.end - span.start > 17) return null;
  const idJson = decodeUtf8(line, span.start, span.end);
  const id = Number(idJson);
  return INTEGER.test(idJson) && Number.isSafeInteger(id) ? { idJson, id } : null;
}

/** The span, or null where it is absent or holds null. */
function present(line: Uint8Array, span: Span | undefined): Span | null {
  if (span === undefined || line[span.start] === 0x6e) return null;
  return { start: span.start, end: span.end };
}

function isStructured(line: Uint8Array, { start }: Span): boolean {
  return line[start] === OPEN_BRACE || line[start] === OPEN_BRACKET;
}

function shortened(line: Uint8Array, { start, end }: Span): string {
  const text = decodeUtf8(line, start, Math.min(end, start + 40));
  return end - start > 40 ? `${text}…` : text;
}

function firstByte(line: Uint8Array): number {
  let at = 0;
  while (line[at] === 0x20 || line[at] === 0x09 || line[at] === 0x0d || line[at] === 0x0a) at++;
  return line[at] ?? -1;
}

function refuse(line: Uint8Array, code: ErrorCode, detail: string): EnvelopeRefusal {
  return { ok: false, code, detail, idJson: recoverId(line) };
}
