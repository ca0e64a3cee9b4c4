/** Every screen and prompt in its states, photographed in light and dark; axe finds nothing and the console stays empty. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openChromium } from '../fixtures/browser.ts';
import { serveGallery } from '../fixtures/gallery.ts';

const PLACES = [
  'home',
  'clients',
  'servers',
  'servers/files',
  'servers/github/launch',
  'servers/files/tools',
  'servers/files/log',
  'asks',
  'grants',
  'audit',
  // The session of the fixtures in renderer/link/memory.
  'sessions/01939f3a-7c00-7000-8000-000000000015',
  'secrets',
  'policy',
  'settings',
];
const ASKS = [
  'write',
  'external',
  'hostile',
  'edit',
  'crowded',
  'consent',
  'consents',
  'protect',
  'unprotect',
  'leave',
  'project',
  'pin',
  'secret',
  'helper',
  'policy',
  'switch',
  'revive',
  'passcode',
  'retention',
  'approver',
  'countersign',
  'enrol',
  'unsync',
  'unlock',
  'vault',
  'none',
];

const WINDOW = { width: 1280, height: 820 };
const PROMPT = { width: 640, height: 760 };

function views(states: readonly string[]) {
  return [
    ...states.flatMap((state) =>
      PLACES.map((place) => ({
        name: `${place.replaceAll('/', '-')}-${state}`,
        query: `?view=app&state=${state}#/${place}`,
        size: WINDOW,
      })),
    ),
    ...(states.includes('full')
      ? [
          ...ASKS.map((ask) => ({ name: `prompt-${ask}`, query: `?view=approval&ask=${ask}&queue=2`, size: PROMPT })),
          { name: 'prompt-browser', query: '?view=approval&where=browser', size: PROMPT },
          { name: 'prompt-retry', query: '?view=approval&ask=external&via=window', size: PROMPT },
          { name: 'prompt-proposed', query: '?view=approval&ask=consent&via=control', size: PROMPT },
          { name: 'components', query: '?view=components', size: { width: 1280, height: 2300 } },
        ]
      : []),
  ];
}

// They are the last and longest of their project.
test.describe.configure({ mode: 'parallel' });

for (const [colorScheme, states] of [
  ['light', ['full', 'empty', 'loading', 'error']],
  ['dark', ['full']],
] as const) {
  test(`nothing is wrong with the gallery in ${colorScheme}`, async ({ browserName: _ }, info) => {
    test.setTimeout(600_000);
    const browser = await openChromium();
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const gallery = await serveGallery(context);
    const faults: string[] = [];
    for (const view of views(states)) {
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') faults.push(`${view.name}: ${message.text()}`);
      });
      page.on('pageerror', (error) => faults.push(`${view.name}: ${error.message}`));
      await page.setViewportSize(view.size);
      await page.goto(`${gallery}${view.query}`);
      await page.locator('main').waitFor();
      const yes = page.locator('footer button').last();
      if (await yes.count()) await expect(page.getByRole('status').last()).toBeVisible();
      // There are no frames to look into: without this each look opens a page of its own, behind which this one stands still.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      for (const violation of violations) {
        faults.push(`${view.name}: ${violation.id}, ${violation.nodes.map((node) => node.html).join(' ')}`);
      }
      await page.screenshot({ path: info.outputPath(`${view.name}-${colorScheme}.png`) });
      await page.close();
    }
    await browser.close();
    expect(faults).toEqual([]);
  });
}
