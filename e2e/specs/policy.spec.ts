import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from '@playwright/test';
import { admitInShell } from '../fixtures/admitted.ts';
import { connectClient } from '../fixtures/client.ts';
import { countersign } from '../fixtures/command.ts';
import { test } from '../fixtures/shell.ts';

const filesystem = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/server-filesystem/package.json')),
  'dist/index.js',
);

test('a policy is explained, tried on what was recorded, and only then put into force; protected places stay closed', async ({
  home,
  shell,
}, info) => {
  const { main } = shell;
  const folder = join(home.folder, 'work');
  mkdirSync(join(folder, '.git', 'hooks'), { recursive: true });
  writeFileSync(join(folder, 'a.txt'), 'one');
  const entry = { command: process.execPath, args: [filesystem, folder], env: {} };
  const { control, close } = await admitInShell(home, shell, 'files', entry, {
    read_text_file: 'read',
    write_file: 'write',
  });
  const client = await connectClient(home, 'files');
  const read = () => client.callTool({ name: 'read_text_file', arguments: { path: join(folder, 'a.txt') } });
  expect((await read()).isError).toBeFalsy();

  // What no server may touch is refused without a question, and the rule is named.
  const hook = { path: join(folder, '.git', 'hooks', 'pre-commit'), content: 'x' };
  const refused = await client.callTool({ name: 'write_file', arguments: hook });
  expect(refused.isError).toBe(true);
  expect(JSON.stringify(refused.content)).toContain('protected/git-hooks');
  expect(await countersign(home, 'policy', 'explain', 'files', 'write_file', '--args', JSON.stringify(hook))).toMatch(
    /class write, is denied by the rule protected\/git-hooks \(countersign\/protected\.cedar:\d+\)/,
  );

  // The organisation forbids: at once, and the person's permit does not lift it.
  const forbid = `@id("no-a") @reason("Not a.txt.")\nforbid (principal, action, resource)\nwhen { context.facts.within.contains(${JSON.stringify(join(folder, 'a.txt'))}) };\n`;
  writeFileSync(join(home.folder, 'config', 'organisation', 'rules.cedar'), forbid);
  writeFileSync(join(home.folder, 'config', 'policies', 'mine.cedar'), 'permit (principal, action, resource);\n');
  await control.policy.check();
  expect(JSON.stringify((await read()).content)).toContain('no-a');

  // Taken away it is a proposal; what it would change is seen before anybody agrees.
  writeFileSync(join(home.folder, 'config', 'organisation', 'rules.cedar'), '// none\n');
  await control.policy.check();
  await main.getByRole('link', { name: 'Policy' }).click();
  await main.getByRole('button', { name: 'Check files' }).click();
  await main.getByRole('button', { name: 'Try on past calls' }).click();
  await expect(main.getByText(/2 of 3 calls would be judged otherwise, 2 of them less strictly/)).toBeVisible();
  const differences = main.getByRole('list', { name: 'Calls that would be judged otherwise' });
  await expect(differences.getByText('Read').first()).toContainText('a.txt');
  await main.screenshot({ path: info.outputPath('policy-replay.png'), fullPage: true });
  expect(await countersign(home, 'policy', 'replay')).toContain('2 would be judged otherwise');
  expect(JSON.stringify((await read()).content)).toContain('no-a');

  await main.getByRole('button', { name: 'Accept change' }).click();
  await shell.allow(/^Put into force/);
  await expect(main.getByRole('button', { name: 'Try on past calls' })).toBeHidden();
  expect((await read()).isError).toBeFalsy();

  // A rule that goes by role and time is asked what it would say of somebody else, some other time.
  const rule =
    '@id("leads") forbid (principal, action, resource in Family::"writers") unless { principal in Role::"lead" };\n' +
    '@id("night") forbid (principal, action, resource) when { context.time.at >= datetime("2030-01-01") };\n';
  writeFileSync(join(home.folder, 'config', 'policies', 'roles.cedar'), rule);
  const settings = { roles: ['lead'], families: { writers: ['files/write_*'] } };
  writeFileSync(join(home.folder, 'config', 'settings.json'), JSON.stringify(settings));
  await control.policy.check();
  await main.getByRole('button', { name: 'Accept change' }).click();
  await shell.allow(/^Put into force/);
  await expect(main.getByRole('button', { name: 'Accept change' })).toBeHidden();
  await expect(main.getByText('files/write_*')).toBeVisible();
  await main.getByLabel('Name', { exact: true }).fill('write_file');
  const explain = async (sentence: RegExp) => {
    await main.getByRole('button', { name: 'Explain' }).click();
    await expect(main.getByText(sentence)).toBeVisible();
  };
  await explain(/is asked of one person by the rule default\/ask \(countersign\/default\.cedar:\d+\)/);
  await main.getByText('Suppose something else than is so').click();
  await main.getByRole('textbox', { name: 'Roles' }).fill('guest');
  await explain(/is denied by the rule leads \(roles\.cedar:1\)/);
  await main.getByRole('textbox', { name: 'Roles' }).fill('');
  await main.getByLabel('Time').fill('2031-05-05T12:00');
  await explain(/is denied by the rule night \(roles\.cedar:2\)/);
  await main.screenshot({ path: info.outputPath('policy-explain.png'), fullPage: true });

  await client.close();
  close();
});
