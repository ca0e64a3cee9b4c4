/** What changed between the reviewed definition and the one the server sends now. */
import { pointerStep } from '../gate/facts.ts';

export interface DefinitionDifference {
  /** JSON pointer (RFC 6901) of the smallest part that differs. */
  readonly pointer: string;
  /** JSON text; null where there was nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

/** All differences of two JSON values, in the order of `before`, then what `after` adds. */
export function definitionDifferences(before: unknown, after: unknown, pointer = ''): DefinitionDifference[] {
  const [left, right] = [parts(before), parts(after)];
  if (left === null || right === null || Array.isArray(before) !== Array.isArray(after)) {
    const texts = { before: text(before), after: text(after) };
    return texts.before === texts.after ? [] : [{ pointer, ...texts }];
  }
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys].flatMap((key) =>
    definitionDifferences(left.get(key), right.get(key), `${pointer}/${pointerStep(key)}`),
  );
}

function parts(value: unknown): Map<string, unknown> | null {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}

const text = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
