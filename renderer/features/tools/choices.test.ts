import { expect, test } from 'vitest';
import { TOOLS } from '../../link/memory/tools.ts';
import { acceptances, classFor, lowers, waiting } from './choices.ts';

const none = new Map();

test('what is new or has changed waits, tools with the accepted class or else the proposed one', () => {
  expect(waiting(TOOLS, none).map((tool) => tool.name)).toEqual(['search_files', 'edit_file', 'instructions']);
  expect(acceptances(TOOLS, none).map((tool) => tool.class)).toEqual(['read', 'write', 'read-sensitive']);
});

test('a class that was chosen for a tool is not that of a prompt of the same name', () => {
  const [tool] = TOOLS;
  const prompt = tool && { ...tool, kind: 'prompt' as const, proposed: 'read-sensitive' as const };
  expect(prompt && classFor(prompt, new Map([[prompt.name, 'read' as const]]))).toBe('read-sensitive');
});

test('choosing another class for an accepted tool makes it wait as well', () => {
  const choices = new Map([['write_file', 'external' as const]]);
  expect(acceptances(TOOLS, choices).find((tool) => tool.name === 'write_file')?.class).toBe('external');
});

test('what is accepted binds to the digest that was shown', () => {
  const [first] = TOOLS;
  expect(acceptances(TOOLS, none)[0]?.digest).toBe(first?.digest);
  expect(first && classFor(first, none)).toBe('read');
});

test('a class below the proposed one is told apart', () => {
  expect(lowers('write', 'read')).toBe(true);
  expect(lowers('read', 'write')).toBe(false);
  expect(lowers('write', 'write')).toBe(false);
});
