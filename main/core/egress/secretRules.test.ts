import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Masker } from './masker.ts';
import { SECRET_RULES } from './secretRules.ts';

const SAMPLES = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const masker = new Masker([], SECRET_RULES);

/** The share of samples in which something is found. */
function found(file: string): number {
  const lines = readFileSync(SAMPLES + file, 'utf8')
    .trim()
    .split('\n');
  const texts = lines.map((line) =>
    Buffer.from((JSON.parse(line) as { text_base64: string }).text_base64, 'base64').toString(),
  );
  return texts.filter((text) => masker.find(text).length > 0).length / texts.length;
}

test('in the samples invented secrets are found, and most look-alikes are not', (context) => {
  if (!existsSync(`${SAMPLES}secrets_positive.jsonl`)) context.skip('the development samples are not here');
  expect(found('secrets_positive.jsonl')).toBeGreaterThan(0.95);
  expect(found('secrets_negative.jsonl')).toBeLessThan(0.3);
});

test('keywords are lower case, patterns sticky and with indices', () => {
  for (const { id, keywords, pattern } of SECRET_RULES) {
    expect(
      keywords.every((word) => word === word.toLowerCase() && word !== ''),
      id,
    ).toBe(true);
    expect(pattern.sticky && pattern.hasIndices, id).toBe(true);
    expect(
      /[^\\][*+](?![\])}])/.test(pattern.source.replaceAll(/\[(?:[^\]\\]|\\.)*\]/g, '')),
      `${id} repeats without bound`,
    ).toBe(false);
  }
});
