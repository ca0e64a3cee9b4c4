import { expect, test } from 'vitest';
import { pressed } from './shortcuts.ts';

const idle = { pending: false };

test('g and a letter goes to a screen', () => {
  const g = pressed(idle, 'g', false);
  expect(g).toEqual({ state: { pending: true }, act: null });
  expect(pressed(g.state, 's', false)).toEqual({ state: idle, act: 'servers' });
  expect(pressed(g.state, 'A', false).act).toBe('asks');
  expect(pressed(g.state, 'x', false)).toEqual({ state: idle, act: null });
});

test('a letter alone does nothing', () => {
  expect(pressed(idle, 's', false).act).toBeNull();
});

test('Ctrl+K opens the palette, / searches, ? helps', () => {
  expect(pressed(idle, 'k', true).act).toBe('palette');
  expect(pressed(idle, '/', false).act).toBe('search');
  expect(pressed(idle, '?', false).act).toBe('help');
  expect(pressed({ pending: true }, 's', true).act).toBeNull();
});
