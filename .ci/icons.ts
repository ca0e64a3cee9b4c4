/** Draws the icons' PNG sizes from their SVG sources with a headless Chromium; run it after changing a drawing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';

const folder = join(import.meta.dirname, '..', 'resources', 'icons');
const SIZES: readonly (readonly [source: string, file: string, size: number])[] = [
  ...[16, 32, 48, 64, 128, 256, 512, 1024].map((size) => ['icon', `${size}`, size] as const),
  ['tray', 'tray', 22],
  ['tray', 'tray@2x', 44],
  ['trayTemplate', 'trayTemplate', 18],
  ['trayTemplate', 'trayTemplate@2x', 36],
];

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage();
  for (const [source, file, size] of SIZES) {
    const drawing = readFileSync(join(folder, `${source}.svg`), 'utf8');
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`);
    await page.screenshot({ path: join(folder, `${file}.png`), omitBackground: true });
  }
} finally {
  await browser.close();
}
