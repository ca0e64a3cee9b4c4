import { isTrue, type Leaves, listed, many, only, quoted, someOf } from './effectWords.ts';
import { shown } from './shown.ts';
import { nameWords } from './verbs.ts';

/** What a browser is made to do; null for a tool that is not named for one, or has an address, which is told first. */
export function browserEffect(tool: string, leaves: Leaves): string | null {
  const [browser, ...rest] = nameWords(tool);
  if (browser !== 'browser' && browser !== 'page') return null;
  const element = only(leaves, 'element target selector ref');
  const on = element === undefined ? '' : ` ${quoted(element)}`;
  const code = only(leaves, 'function code script expression');
  if (code !== undefined) return `Run code in the browser’s page: ${shown(code)}`;
  switch (rest[0]) {
    case 'click':
    case 'hover':
      return `${rest[0] === 'click' ? 'Click' : 'Point at'}${on} in the browser`;
    case 'type':
      return `Type ${quoted(only(leaves, 'text') ?? '')} into${on} in the browser${isTrue(leaves, 'submit') ? ' and send it' : ''}`;
    case 'fill': {
      const names = [...leaves].filter(([pointer]) => /^\/fields\/\d+\/(?:name|element)$/.test(pointer));
      return `Fill ${many(names.length, 'field')} in the browser: ${someOf(names.map(([, name]) => name))}`;
    }
    case 'press':
      return `Press ${quoted(only(leaves, 'key') ?? '')} in the browser`;
    case 'drag':
      return `Drag ${quoted(only(leaves, 'startElement') ?? '')} to ${quoted(only(leaves, 'endElement') ?? '')} in the browser`;
    case 'select':
      return `Choose ${someOf(listed(leaves, 'values'))} in${on} in the browser`;
    case 'file':
    case 'drop': {
      const files = listed(leaves, 'paths');
      return files.length === 0
        ? `Drop data on${on} in the browser`
        : `Hand ${many(files.length, 'file')} to the browser’s page: ${someOf(files)}`;
    }
    case 'handle':
      return `${isTrue(leaves, 'accept') ? 'Accept' : 'Dismiss'} the browser’s dialog`;
    case 'close':
      return 'Close the browser’s page';
    default:
      return null;
  }
}
