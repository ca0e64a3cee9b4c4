/** The collector's page: founding an organisation, enrolling a real device, finding what it did, seeing what broke. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { openChromium } from '../fixtures/browser.ts';
import { type Collector, startCollector } from '../fixtures/collector.ts';
import { agree, type Daemon, startDaemon } from '../fixtures/daemon.ts';
import { type Home, makeHome } from '../fixtures/home.ts';
import { type Postgres, startPostgres } from '../fixtures/postgres.ts';

test.describe.configure({ mode: 'serial' });

let postgres: Postgres;
let data: string;
let collector: Collector;
let browser: Browser;
let page: Page;
let home: Home;
let daemon: Daemon;
const complaints: string[] = [];

test.beforeAll(async () => {
  postgres = await startPostgres();
  data = mkdtempSync(join(tmpdir(), 'countersign-collector-'));
  collector = await startCollector({ data, databaseUrl: postgres.url });
  home = makeHome();
  daemon = await startDaemon(home);
  browser = await openChromium();
  page = await (await browser.newContext({ viewport: { width: 1100, height: 720 } })).newPage();
  page.on('console', (message) => {
    // The first look whether somebody is signed in is answered with 401, which the browser writes down by itself.
    if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text());
  });
});
test.afterAll(async () => {
  await browser.close();
  await daemon.stop();
  home.remove();
  await collector.stop();
  await postgres.stop();
  rmSync(data, { recursive: true, force: true });
});

/** Photographs it in light and dark, wide and small; axe finds nothing. */
async function look(name: string): Promise<void> {
  for (const [scheme, width, height] of [
    ['light', 1100, 720],
    ['dark', 800, 600],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `.artifacts/pictures/console-${name}-${scheme}.png` });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  }
}

test('the bootstrap token founds an organisation; its operator token signs in', async () => {
  await page.goto(collector.url);
  await look('sign-in');
  await page.getByLabel('Operator token').fill('nonsense');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('SIGN_IN_NEEDED')).toBeVisible();
  await page.getByRole('button', { name: /First start/ }).click();
  await page.getByLabel('Bootstrap token').fill(collector.bootstrap ?? '');
  await page.getByLabel('Organisation').fill('Acme');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('button', { name: 'Found the organisation' }).click();
  await expect(page.getByText('shown this once')).toBeVisible();
  await look('founded');
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByText('Nothing found')).toBeVisible();
  await look('search-empty');
});

test('a code from the page enrols a device, and its health shows', async () => {
  await page.getByRole('button', { name: 'Devices' }).click();
  await expect(page.getByText('No devices yet')).toBeVisible();
  await page.getByRole('button', { name: 'Enrol a device' }).first().click();
  await page.getByRole('button', { name: 'Make a code' }).click();
  const command = await page.getByText(/countersign sync enroll/).textContent();
  await look('code');
  await page.keyboard.press('Escape');
  const [url = '', code = ''] = command?.split(' ').slice(3) ?? [];
  await agree(daemon, await daemon.app.sync.enrol({ url, code }));
  await expect(page.getByText('Continuous')).toBeVisible({ timeout: 20_000 });
  await look('devices');
});

test('what the device did is found by its words', async () => {
  await daemon.app.servers.add({ name: 'heliotrope', entry: { command: process.execPath } });
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByLabel('Words').fill('heliotrope');
  const row = page.getByRole('row', { name: /heliotrope/ });
  await expect(row).toBeVisible({ timeout: 20_000 });
  await look('search');
  await row.click();
  await expect(page.getByRole('dialog').getByText('heliotrope')).toBeVisible();
  await look('record');
  await page.keyboard.press('Escape');
});

test('nothing to report is said; a revoked device is shown as such', async () => {
  await page.getByRole('button', { name: 'Continuity' }).click();
  await expect(page.getByText('Every ledger continues')).toBeVisible();
  await look('continuity-empty');
  await page.getByRole('button', { name: 'Devices' }).click();
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Take nothing more from it' }).click();
  await expect(page.getByText('Revoked')).toBeVisible();
});

test('a collector that went away is said, and the page goes on when it is back', async () => {
  const { port } = new URL(collector.url);
  await collector.stop();
  await page.getByRole('button', { name: 'Continuity' }).click();
  await page.reload().catch(() => {});
  collector = await startCollector({ data, databaseUrl: postgres.url, port: Number(port) });
  await page.goto(collector.url);
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Operator token')).toBeVisible();
  expect(complaints.filter((text) => !/ERR_CONNECTION/.test(text))).toEqual([]);
});
