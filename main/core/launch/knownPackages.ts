/** Names that others are mistaken for: well-known servers, and a distance that tells a slip from another name. */
import type { LaunchPackage } from '../../contract/package.ts';
import { foldText } from '../integrity/fold.ts';

const SERVERS =
  'everything filesystem memory sequential-thinking github gitlab slack postgres puppeteer brave-search google-maps gdrive redis everart';
const KNOWN: Readonly<Record<LaunchPackage['kind'], readonly string[]>> = {
  npm: [
    ...SERVERS.split(' ').map((name) => `@modelcontextprotocol/server-${name}`),
    ...(
      '@modelcontextprotocol/inspector @playwright/mcp @upstash/context7-mcp @notionhq/notion-mcp-server @supabase/mcp-server-supabase ' +
      '@sentry/mcp-server @stripe/mcp @cloudflare/mcp-server-cloudflare @azure/mcp @cyanheads/git-mcp-server @browserbasehq/mcp-server-browserbase ' +
      '@wonderwhy-er/desktop-commander chrome-devtools-mcp figma-developer-mcp firecrawl-mcp tavily-mcp exa-mcp-server mcp-remote mcp-proxy ' +
      'supergateway airtable-mcp-server mongodb-mcp-server @heroku/mcp-server @elastic/mcp-server-elasticsearch @executeautomation/playwright-mcp-server'
    ).split(' '),
  ],
  pypi: 'mcp-server-git mcp-server-fetch mcp-server-time mcp-server-sqlite mcp-atlassian blender-mcp mcp-proxy markitdown-mcp duckduckgo-mcp-server awslabs-core-mcp-server mcp-server-qdrant'.split(
    ' ',
  ),
  image:
    'mcp/filesystem mcp/github mcp/playwright mcp/puppeteer mcp/postgres mcp/sequentialthinking mcp/everything mcp/duckduckgo ghcr.io/github/github-mcp-server'.split(
      ' ',
    ),
};

/** The well-known package this name could be mistaken for; undefined when it is one itself, or like none. */
export function lookAlikeOf({ kind, name }: LaunchPackage): string | undefined {
  const known = KNOWN[kind];
  if (known.includes(name.toLowerCase()) && name === name.toLowerCase()) return undefined;
  const plain = bare(name);
  return known.find((other) => {
    const its = bare(other);
    if (plain === its) return kind !== 'pypi' || name.toLowerCase().replaceAll(/[_.]/g, '-') !== other;
    if (other.length < 10) return false;
    // What differs in a number or the end's plural is a name of its own.
    return apart(foldText(name), other, 1) <= 1 && !/\d$/.test(name);
  });
}

/** Without signs, and with digits as the letters they pass for. */
function bare(name: string): string {
  return foldText(name)
    .replaceAll('0', 'o')
    .replaceAll('1', 'l')
    .replace(/[^a-z0-9]/g, '');
}

/** Edits that turn one text into the other, neighbours swapped counting once (Damerau and Levenshtein); `most + 1` when more. */
function apart(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.length === 2 && left[0] === right[1] && left[1] === right[0]) return 1;
  return Math.max(left.length, right.length);
}
