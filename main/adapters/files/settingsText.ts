/** The text of `settings.json`: JSON with comments, read whole or not at all. */
import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type Settings, settings } from '../../contract/settings.ts';
import type { SettingsRead } from '../../services/policy/ports.ts';
import { duplicateKey, lineOf, nearest, plainValue, TOLERATED } from './jsonTree.ts';

/** The settings a text says, or what is wrong with it and in which line; an empty text says nothing. */
export function readSettings(text: string): SettingsRead {
  const body = text.replace(/^\uFEFF/, '');
  if (body.trim() === '') return { settings: settings.parse({}), fault: null };
  const errors: ParseError[] = [];
  const tree = parseTree(body, errors, TOLERATED);
  const refuse = (offset: number, message: string) => ({
    settings: null,
    fault: { line: lineOf(body, offset), message },
  });
  const [error] = errors;
  if (error || !tree) return refuse(error?.offset ?? 0, error ? printParseErrorCode(error.error) : 'nothing is there');
  const twice = duplicateKey(tree);
  if (twice) return refuse(twice.offset, `"${twice.value}" is there twice`);
  const parsed = settings.safeParse(plainValue(tree));
  if (parsed.success) return { settings: parsed.data satisfies Settings, fault: null };
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map(String);
  const where = path.length === 0 ? '' : `${path.join('.')}: `;
  return refuse(nearest(tree, path).offset, `${where}${issue?.message ?? 'not understood'}`);
}
