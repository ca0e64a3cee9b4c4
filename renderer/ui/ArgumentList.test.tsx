import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ArgumentList, argumentName } from './ArgumentList.tsx';

const html = (json: string) => renderToStaticMarkup(<ArgumentList items={[{ pointer: '/path', json }]} />);

test('the value stands there as text, never as markup', () => {
  expect(html('"<img src=x onerror=alert(1)>"')).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

test('hidden characters are written out and counted', () => {
  const shown = html('"a\\u202eb"');
  expect(shown).toContain('U+202E right-to-left override');
  expect(shown).toContain('1 hidden or look-alike character');
  expect(shown).not.toContain('\u202e');
});

test('a cut value says how much is not shown and offers all of it', () => {
  expect(html(JSON.stringify('x'.repeat(3000)))).toMatch(/2,200 of 3,000 characters not shown/);
});

test('an empty text and no arguments are said in words', () => {
  expect(html('""')).toContain('empty text');
  expect(renderToStaticMarkup(<ArgumentList items={[]} />)).toContain('No arguments');
});

test('pointers are read as RFC 6901 writes them', () => {
  expect(argumentName('/edits/0/a~1b~0c')).toBe('edits › 0 › a/b~c');
  expect(argumentName('')).toBe('(the whole value)');
});
