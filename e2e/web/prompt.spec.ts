/** Attacks on the prompt itself (SECURITY.md, the prompt's rules 5 to 7), with real clicks and keys on its built page. */
import { type Browser, expect, type Page, test } from '@playwright/test';
import { openChromium } from '../fixtures/browser.ts';
import { serveGallery } from '../fixtures/gallery.ts';

/** A prompt is dead for so long after it has come into sight. */
const DEAD_MS = 500;

let browser: Browser;
let page: Page;
let gallery: string;

test.beforeAll(async () => {
  browser = await openChromium();
  const context = await browser.newContext({ viewport: { width: 640, height: 760 } });
  gallery = await serveGallery(context);
  page = await context.newPage();
});
test.afterAll(() => browser.close());

async function prompt(query: string): Promise<void> {
  await page.goto(`${gallery}?view=approval&${query}`);
  await page.getByRole('button', { name: /^Deny$/ }).waitFor();
}
const answers = () => page.evaluate(() => ({ ...document.documentElement.dataset }));
const yes = () => page.getByRole('button', { name: 'Allow once' });
const alive = () => expect(yes()).toHaveAttribute('aria-disabled', 'false');

test('deny has the focus, and yes is dead at first', async () => {
  await prompt('ask=write');
  await expect(page.getByRole('button', { name: /^Deny$/ })).toBeFocused();
  await prompt('ask=write');
  await expect(yes()).toHaveAttribute('aria-disabled', 'true', { timeout: 400 });
  await alive();
});

test('once alive, a click allows', async () => {
  await prompt('ask=write');
  await alive();
  await yes().click();
  await expect.poll(answers).toMatchObject({ allowed: '1', denied: '0' });
});

test('once alive, Ctrl+Enter allows and Enter alone on yes does not', async () => {
  await prompt('ask=write');
  await alive();
  await yes().focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  expect(await answers()).toMatchObject({ allowed: '0', denied: '0' });
  await alive();
  await page.keyboard.press('Control+Enter');
  await expect.poll(answers).toMatchObject({ allowed: '1' });
});

test('Escape denies, and so does D', async () => {
  await prompt('ask=write&queue=1');
  await page.keyboard.press('Escape');
  await expect.poll(answers).toMatchObject({ denied: '1' });
  await alive();
  await page.keyboard.press('d');
  await expect.poll(answers).toMatchObject({ allowed: '0', denied: '2' });
});

test('a script’s click is no yes', async () => {
  await prompt('ask=write');
  await alive();
  await yes().evaluate((button: HTMLButtonElement) => {
    button.click();
    button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
  });
  expect(await answers()).toMatchObject({ allowed: '0' });
});

test('a click made while the page was busy counts from when it was made', async () => {
  // A machine that takes half a second to pass the click on makes it one that is meant: then it is tried again.
  for (let made = DEAD_MS, tries = 0; made >= DEAD_MS; tries += 1) {
    expect(tries).toBeLessThan(10);
    await prompt('ask=write&queue=1');
    made = await clickOnBusyPage();
    if (made < DEAD_MS) expect(await answers()).toMatchObject({ allowed: '0', denied: '1' });
  }
  await alive();
  await yes().click();
  await expect.poll(answers).toMatchObject({ allowed: '1' });
});

/** Denies, and clicks on yes of the next prompt while its page has no time; how many milliseconds after it was drawn. */
async function clickOnBusyPage(): Promise<number> {
  const box = await yes().boundingBox();
  if (box === null) throw new Error('yes is not in sight');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await alive();
  // From two frames after the next prompt was drawn, when it has been painted, the page has no time for a second.
  const busy = page.evaluate(async () => {
    const { promise: drawn, resolve } = Promise.withResolvers<number>();
    const next = new MutationObserver(() => document.body.textContent.includes('2 of 2') && resolve(performance.now()));
    next.observe(document.body, { subtree: true, childList: true, characterData: true });
    const pressed = new Promise<number>((resolve) =>
      addEventListener('pointerdown', ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true }),
    );
    const at = await drawn;
    next.disconnect();
    for (let frame = 0; frame < 2; frame++)
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    console.info('busy');
    const until = performance.now() + 1000;
    while (performance.now() < until);
    return (await pressed) - at;
  });
  const begun = page.waitForEvent('console', (message) => message.text() === 'busy');
  await page.keyboard.press('Escape');
  await begun;
  await page.mouse.down();
  await page.mouse.up();
  return busy;
}

test('a thousand double clicks and typed “y, Enter” on prompts that just appeared allow nothing', async () => {
  test.setTimeout(180_000);
  await prompt('ask=write&queue=1000');
  const box = await yes().boundingBox();
  if (box === null) throw new Error('yes is not in sight');
  const at = [box.x + box.width / 2, box.y + box.height / 2] as const;
  // On a machine that stops in between, what comes half a second later may be meant.
  let meant = 0;
  for (let i = 0; i < 1000; i += 1) {
    const begun = performance.now();
    await page.keyboard.press('Escape');
    if (i % 2 === 0) await page.mouse.dblclick(...at);
    else {
      await page.keyboard.press('y');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Control+Enter');
    }
    if (performance.now() - begun >= DEAD_MS) meant += 1;
  }
  const { allowed, denied } = await answers();
  expect(Number(allowed)).toBeLessThanOrEqual(meant);
  expect(meant).toBeLessThan(50);
  // The attack did reach one prompt after the other.
  expect(Number(denied)).toBeGreaterThan(900);
});

test('what is cut must be opened before yes lives', async () => {
  await prompt('ask=hostile');
  await expect(page.getByText('Open the part that is not shown before you allow.')).toBeVisible();
  await page.getByRole('button', { name: /Show all/ }).click();
  await expect(page.getByText('echo "step 33"')).toBeAttached();
  await alive();
});

test('verb, danger and hidden characters are in sight without scrolling', async () => {
  await prompt('ask=hostile');
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
  await expect(page.getByText('External', { exact: true })).toBeInViewport();
  await expect(page.getByText('U+202E right-to-left override')).toBeInViewport();
  expect(await page.getByRole('main').textContent()).not.toMatch(/[\u202e\u200b\u2028]/);
});

test('while a note is being written, only deny sends it', async () => {
  await prompt('ask=write');
  await page.getByRole('button', { name: 'Deny with a note…' }).click();
  await page.getByLabel('Note to the model').fill('Archive it instead.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /^Deny$/ }).click();
  await expect.poll(answers).toMatchObject({ allowed: '0', denied: '1' });
});

test('from 800×600 to 4K, at every scale, what matters is in sight and stands together', async () => {
  for (const [width, height, deviceScaleFactor] of [
    [480, 480, 1],
    [800, 600, 1],
    [800, 600, 2],
    [1920, 1080, 1.25],
    [3840, 2160, 1],
  ] as const) {
    const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor });
    const sized = await context.newPage();
    await sized.goto(`${await serveGallery(context)}?view=approval&ask=write&queue=6`);
    const deny = sized.getByRole('button', { name: /^Deny$/ });
    const allow = sized.getByRole('button', { name: 'Allow once' });
    for (const one of [
      deny,
      allow,
      sized.getByRole('heading', { level: 1 }),
      sized.getByText('Write', { exact: true }),
    ])
      await expect(one, `${width}×${height}`).toBeInViewport({ ratio: 1 });
    const [left, right] = [await deny.boundingBox(), await allow.boundingBox()];
    expect((right?.x ?? 0) + (right?.width ?? 0) - (left?.x ?? 0), `${width}×${height}`).toBeLessThan(900);
    expect(await sized.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await context.close();
  }
});

test('a call of 400 arguments is walked through, opened and allowed without a pointer', async () => {
  await prompt('ask=crowded');
  const tree = page.getByRole('tree', { name: 'stations' });
  await expect(page.getByText('Open 3 parts that are not shown before you allow.')).toBeVisible();
  // Backwards from Deny: what is asked lies before the answers.
  await tree.getByRole('treeitem').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(tree.getByRole('treeitem', { name: /tides/ }).first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(tree.locator(':focus')).toHaveText(/^0:\s*0$/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(tree.locator(':focus')).toHaveAttribute('aria-expanded', 'false');
  for (const name of [/values shown · Show all/, /characters not shown · Show all/, /24 of 400 arguments shown/]) {
    await page.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
  }
  await expect(page.getByText('option_397', { exact: true })).toBeAttached();
  expect(await answers()).toMatchObject({ allowed: '0', denied: '0' });
  await alive();
  await page.keyboard.press('Control+Enter');
  await expect.poll(answers).toMatchObject({ allowed: '1' });
});
