import { expect, test } from 'vitest';
import { look, severe } from './look.fixture.ts';

test.each([
  ['npx -y mcp-remote@npm:postmark-mcp@1.0.16', 'postmark-mcp', ['look-alike-name', 'advisory']],
  ['npx -y @modelcontextprotocol/server-memory@npm:evil', 'evil', ['look-alike-name']],
  ['npx -p mcp-remote@0.1.38 -p postmark-mcp@1.0.16 mcp-remote', 'mcp-remote', ['advisory']],
  ['npx --script-shell /tmp/x tavily-mcp@1.0.0', 'tavily-mcp', ['loader-variable']],
  ['npx -y tavily-mcp@http://x.example/x.tgz', 'http://x.example/x.tgz', ['unencrypted-source']],
])('%s', (line, name, ids) => {
  const words = line.split(' ');
  expect(look(words).package?.name).toBe(name);
  expect(severe(words)).toEqual(ids);
});

test.each([
  ['npx -y @modelcontextprotocol/server-memory@github:evil/server', 'github:evil/server'],
  ['npx -y @modelcontextprotocol/server-memory@evil/server', 'evil/server'],
  ['uvx --from mcp-server-git@https://x.example/x.whl mcp-server-git', 'https://x.example/x.whl'],
])('%s is taken from elsewhere', (line, name) => {
  const { package: found, findings } = look(line.split(' '));
  expect(found).toMatchObject({ name, version: null });
  expect(findings.map(({ id }) => id)).toEqual(['other-source']);
});

test('an interpreter that a launcher is given is part of what starts', () => {
  const { findings, started } = look('uvx --python /tmp/python mcp-server-git==2026.1.14'.split(' '));
  expect(findings.map(({ id }) => id)).toEqual(['shared-program']);
  expect(started.map(({ word }) => word.text)).toEqual(['/tmp/python']);
});
