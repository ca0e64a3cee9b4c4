import { expect, test } from 'vitest';
import { packageStart } from './packageStart.ts';

const start = (line: string) => {
  const [command = '', ...args] = line.split(' ');
  return packageStart(command, args);
};

test.each<[string, string, string | null, string[]]>([
  ['npx -y mcp-remote@0.1.38 https://x.example', 'mcp-remote@0.1.38', null, ['https://x.example']],
  ['npx --yes --package=@scope/tools@1 tools-mcp --stdio', '@scope/tools@1', 'tools-mcp', ['--stdio']],
  ['npm exec -y -- airtable-mcp-server --yes', 'airtable-mcp-server', null, ['--yes']],
  ['cmd /c npx -y tavily-mcp@1.0.0', 'tavily-mcp@1.0.0', null, []],
  ['pnpm dlx exa-mcp-server@latest a', 'exa-mcp-server@latest', null, ['a']],
  ['bunx tavily-mcp', 'tavily-mcp', null, []],
])('%s', (line, wanted, program, args) => {
  expect(start(line)).toMatchObject({ wanted, program, args });
});

test('a registry that is given goes with it', () => {
  expect(start('npx --registry http://127.0.0.1:1/ x@1')).toMatchObject({
    where: 'args[2]',
    package: { name: 'x', version: '1', registry: 'http://127.0.0.1:1/' },
  });
});

test.each([
  ['npx -c evil', 'its launcher is given -c'],
  ['npx --node-options=--require=/x.js tavily-mcp', 'its launcher is given --node-options'],
  ['npx -p a -p b c', 'it brings several packages'],
  ['npx', 'it names no package'],
  ['npx github:owner/server', 'its code comes from no registry'],
  ['npx ./server', 'its code comes from no registry'],
  ['bunx --bun tavily-mcp', 'its launcher is given --bun'],
  ['npx a$(b)', 'its package has no name that a registry could know'],
])('%s stays with its launcher', (line, why) => expect(start(line)).toBe(why));

test.each(['node server.js', 'npm run start', 'uvx mcp-server-git', 'docker run mcp/time', 'pnpm exec x'])(
  '%s names no npm package',
  (line) => expect(start(line)).toBeNull(),
);
