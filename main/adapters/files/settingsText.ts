/** The text of `settings.json`: JSON with comments, read whole or not at all. */
import { type ParseError, parseTree } from 'jsonc-parser';
import { firstFault } from '../../contract/fault.ts';
import { type Settings, settings } from '../../contract/settings.ts';
import type { SettingsRead } from '../../services/policy/ports.ts';
import { duplicateKey, lineOf, nearest, plainValue, syntaxFault, TOLERATED } from './jsonTree.ts';

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
  if (error || !tree) return refuse(error?.offset ?? 0, error ? syntaxFault(error) : 'nothing is there');
  const twice = duplicateKey(tree);
  if (twice) return refuse(twice.offset, `"${twice.value}" is there twice`);
  const parsed = settings.safeParse(plainValue(tree));
  if (parsed.success) return { settings: parsed.data satisfies Settings, fault: null };
  const found = firstFault(parsed.error);
  return refuse(nearest(tree, found?.path ?? []).offset, found?.text ?? 'not understood');
}
