import { expect, test } from 'vitest';
import { openCedar } from '../../adapters/cedar/cedar.ts';
import { policyChange } from './change.ts';
import { CEDAR_SCHEMA } from './schema.ts';

const cedar = openCedar(CEDAR_SCHEMA);
const read = (text: string) => cedar.read({ file: 'mine.cedar', text }).policies;

const FORBID = '@id("no-etc") forbid (principal, action, resource) when { context.class == "external" };';
const PERMIT = '@id("all") permit (principal, action, resource);';

test('an added forbid only tightens', () => {
  const { forbids, loosens } = policyChange(read(PERMIT), read(`${PERMIT}\n${FORBID}`));
  expect(forbids.map(({ id }) => id)).toEqual(['no-etc']);
  expect(loosens).toBe(false);
});

test('layout, order and comments are no change', () => {
  const moved = `// first\n${FORBID.replaceAll(' ', '\n')}\n${PERMIT}`;
  expect(policyChange(read(`${PERMIT}${FORBID}`), read(moved))).toEqual({ forbids: [], loosens: false });
});

test('an added permit and a dropped forbid loosen', () => {
  expect(policyChange(read(FORBID), read(`${FORBID}${PERMIT}`))).toEqual({ forbids: [], loosens: true });
  expect(policyChange(read(`${FORBID}${PERMIT}`), read(PERMIT))).toEqual({ forbids: [], loosens: true });
});

test('an edited forbid is one dropped and one added', () => {
  const edited = FORBID.replace('"external"', '"write"');
  const { forbids, loosens } = policyChange(read(FORBID), read(edited));
  expect(forbids).toHaveLength(1);
  expect(loosens).toBe(true);
});
