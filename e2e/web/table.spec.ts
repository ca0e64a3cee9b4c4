/** A table of a million records, more than an element can be high: every row can be come to, by each of the ways there are. */
import { type Browser, expect, type Page, test } from '@playwright/test';
import { openChromium } from '../fixtures/browser.ts';
import { serveGallery } from '../fixtures/gallery.ts';

const ROWS = 1_000_000;
let browser: Browser;
let page: Page;

test.beforeAll(async () => {
  browser = await openChromium();
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
  page = await context.newPage();
  await page.goto(`${await serveGallery(context)}?view=app&state=full&rows=${ROWS}#/audit`);
  await expect(inRow(0)).toContainText(String(ROWS - 1));
});
test.afterAll(() => browser.close());

const grid = () => page.getByRole('grid', { name: 'Records' });
/** The row of this place from the newest, which the header comes before. */
const inRow = (row: number) => grid().locator(`[aria-rowindex="${row + 2}"]`);
/** The leaf is what it must be at this place. */
const shows = async (row: number) => {
  await expect(inRow(row)).toBeInViewport();
  await expect(inRow(row).getByRole('gridcell').first()).toHaveText(String(ROWS - 1 - row));
};
const firstRow = () =>
  grid().evaluate((element) => {
    const top = element.getBoundingClientRect().top + 33;
    const rows = [...element.querySelectorAll('[role=rowgroup] > [role=row]')];
    const row = rows.find((one) => one.getBoundingClientRect().bottom > top + 1);
    return Number(row?.getAttribute('aria-rowindex')) - 2;
  });

test('the keyboard goes to both ends and by pages, and says where it is', async () => {
  await expect(grid()).toHaveAttribute('aria-rowcount', String(ROWS + 1));
  await grid().focus();
  await page.keyboard.press('End');
  await shows(ROWS - 1);
  await expect(grid()).toHaveAttribute('aria-activedescendant', (await inRow(ROWS - 1).getAttribute('id')) ?? '');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await grid().focus();
  await page.keyboard.press('Home');
  await shows(0);
});

test('the bar goes to the middle and to the end, the wheel from there by as much as it turns', async () => {
  const drag = (part: number) =>
    grid().evaluate((element, to) => {
      element.scrollTop = (element.scrollHeight - element.clientHeight) * to;
    }, part);
  await drag(0.5);
  await expect.poll(firstRow).toBeGreaterThan(ROWS / 2 - 50);
  const middle = await firstRow();
  expect(middle).toBeLessThan(ROWS / 2 + 50);
  await shows(middle + 1);

  await grid().hover();
  await page.mouse.wheel(0, 360);
  await expect.poll(firstRow).toBe(middle + 10);
  await page.mouse.wheel(0, -720);
  await expect.poll(firstRow).toBe(middle - 10);
  await shows(middle - 9);

  await drag(1);
  await shows(ROWS - 1);
  await page.mouse.wheel(0, -36_000);
  await expect.poll(firstRow).toBeLessThan(ROWS - 1000);
  await drag(0);
  await shows(0);
});

test('a time is gone to', async () => {
  const time = page.getByRole('textbox', { name: 'Go to a time' });
  await time.fill('yesterday');
  await time.press('Enter');
  await shows(ROWS / 2);
  await expect(grid()).toBeFocused();
});
