import { expect, test } from 'vitest';
import { paintFor } from '../paint.ts';
import { fileChange } from './fileChange.ts';

const change = (before: string | null, after: string | null) =>
  fileChange({ file: 'a.cedar', before, after }, paintFor(false));

test('a changed line is shown before and after, with where it starts', () => {
  expect(change('a\nb\nc', 'a\nB\nc')).toEqual(['a.cedar  from line 2', '- b', '+ B']);
});

test('a new file and a removed one are whole', () => {
  expect(change(null, 'a\nb')).toEqual(['a.cedar', '+ a', '+ b']);
  expect(change('a', null)).toEqual(['a.cedar', '- a']);
});

test('the line feed at the end is no further line, and is named where nothing else differs', () => {
  expect(change(null, 'a\n')).toEqual(['a.cedar', '+ a']);
  expect(change('a\n', 'a\nb\n')).toEqual(['a.cedar  from line 2', '+ b']);
  expect(change('a', 'a\n')).toEqual(['a.cedar  from line 2', 'Only the ends of lines differ.']);
  expect(change('a\n', 'a\n\n')).toEqual(['a.cedar  from line 2', '+ ']);
});
