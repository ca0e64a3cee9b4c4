import { expect, test } from 'vitest';
import { look, severe } from './look.fixture.ts';

test.each<[string, string]>([
  ['npm --registry http://x.example exec -y tavily-mcp@1.0.0', 'other-registry'],
  ['npm exec tavily-mcp@1.0.0 --registry=http://x.example', 'other-registry'],
  ['npm exec tavily-mcp@1.0.0 --script-shell /tmp/x', 'loader-variable'],
  ['npx --registry https://registry.npmjs.org --registry http://x.example tavily-mcp@1.0.0', 'other-registry'],
  ['pnpm --reporter silent dlx postmark-mcp@1.0.16', 'advisory'],
  ['uv --color never tool run mcp-server-git==2025.1.1', 'advisory'],
])('options of a launcher are read wherever it takes them: %s', (line, id) => {
  expect(severe(line.split(' '))).toContain(id);
});

test('what npm passes on is no option of its own', () => {
  expect(severe('npm exec tavily-mcp@1.0.0 -- --registry=http://x.example'.split(' '))).toEqual([]);
  expect(severe('npx tavily-mcp@1.0.0 --registry=http://x.example'.split(' '))).toEqual([]);
  expect(look('npm exec -y -- tavily-mcp@1.0.0 --yes'.split(' '))).toMatchObject({ program: 'tavily-mcp' });
});
