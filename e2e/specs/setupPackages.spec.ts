import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { openControl } from '../fixtures/control.ts';
import { makeHome } from '../fixtures/home.ts';
import { type NpmRegistry, startNpmRegistry } from '../fixtures/npmRegistry.ts';
import { test as base } from '../fixtures/shell.ts';
import { WORDS, weather } from '../fixtures/weather.ts';

/** A client that launches a package from a registry that answers, and the same from one that does not. */
const test = base.extend<{ registry: NpmRegistry }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here
  registry: async ({}, use) => {
    const registry = await startNpmRegistry();
    await registry.publish(WORDS);
    await registry.publish(weather('1.0.0', ['forecast']));
    await use(registry);
    await registry.stop();
  },
  home: async ({ registry }, use) => {
    const home = makeHome();
    const person = join(home.folder, 'person');
    Object.assign(home.env, { HOME: person, XDG_CONFIG_HOME: '', CODEX_HOME: '', CLAUDE_CONFIG_DIR: '' });
    const npx = (url: string) => ({ command: 'npx', args: ['-y', '--registry', url, 'weather-mcp-fixture', 'Oslo'] });
    const file = join(person, '.cursor/mcp.json');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      JSON.stringify({ mcpServers: { weather: npx(registry.url), silent: npx('http://127.0.0.1:9/') } }),
    );
    await use(home);
    home.remove();
  },
});

test('packages are looked up before anybody agrees: one is held to its version, the other said not to be', async ({
  home,
  shell,
}, info) => {
  const { main, approval } = shell;
  const picture = (page: Page, name: string) =>
    page.screenshot({ path: info.outputPath(`${name}.png`), animations: 'disabled' });

  await main.getByRole('button', { name: 'Review 2 servers' }).click();
  await expect(main.getByText(/^(Reading what they start|Asking registries)/)).toBeVisible();
  await picture(main, 'asking');
  await expect(approval.getByRole('heading', { level: 1 })).toContainText('Let 2 servers run');
  await expect(approval.getByText('weather-mcp-fixture@1.0.0').first()).toBeVisible();
  await expect(main.getByText('could not be checked')).toBeVisible();
  await expect(main.getByText(/the registry cannot be reached/)).toHaveCount(1);
  await expect(main.getByText('Your prompts always carry your mark')).toBeVisible();
  await picture(main, 'asked');
  await picture(approval, 'prompt');

  for (const end of await approval.getByText('Consent binds to').all()) await end.scrollIntoViewIfNeeded();
  await shell.allow(/^Agree/);
  await expect(approval.getByRole('heading', { level: 1 })).toContainText('Put 2 servers of your clients');
  const { control, close } = await openControl(home);
  const launchOf = async (server: string) => {
    const { consent, launch } = await control.servers.review({ server });
    return { consent, version: launch?.package?.version };
  };
  expect(await launchOf('weather')).toEqual({ consent: 'given', version: '1.0.0' });
  expect(await launchOf('silent')).toEqual({ consent: 'given', version: undefined });
  close();
});
