import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldKey, KeySet, variantOf } from './keys.ts';

describe('keys fold together', () => {
  it.each([
    ['Path', 'path'],
    ['STRASSE', 'straße'],
    ['\u212a', 'k'],
    ['\u017f', 's'],
    ['\u00e9', 'e\u0301'],
    ['\uff21', 'a'],
    ['ΟΔΟΣ', 'οδος'],
  ])('%s and %s', (one, other) => {
    expect(foldKey(one)).toBe(foldKey(other));
  });

  it('with their lower, upper and normalised forms, for every character', () => {
    const apart: string[] = [];
    for (let code = 0; code < 0x20000; code++) {
      const key = String.fromCodePoint(code);
      if (!key.isWellFormed()) continue;
      const forms = [key.toLowerCase(), key.toUpperCase(), key.normalize('NFD'), key.normalize('NFKC'), foldKey(key)];
      if (forms.some((form) => form !== key && foldKey(form) !== foldKey(key))) apart.push(key);
    }
    expect(apart).toEqual([]);
  });

  it('and others do not', () => {
    expect(foldKey('path')).not.toBe(foldKey('paths'));
    expect(foldKey('a_b')).not.toBe(foldKey('ab'));
  });
});

it('a key of a million marks is compared like any other', () => {
  const began = performance.now();
  const marks = '\u0301\u0316'.repeat(500_000);
  expect(foldKey(`NA${marks}ME`)).toBe(foldKey(`na${marks}me`));
  expect(performance.now() - began).toBeLessThan(2_000);
});

it('a variant of a known key is named, the key itself and strangers are not', () => {
  const known = new Set(['name', 'arguments']);
  expect(variantOf('Arguments', known)).toBe('arguments');
  expect(variantOf('arguments', known)).toBeNull();
  expect(variantOf('other', known)).toBeNull();
});

it('a set finds a clash exactly when two folded keys are equal, few or many', () => {
  const key = fc.oneof(
    fc.stringMatching(/^[a-cA-C]{1,2}$/),
    fc.constantFrom('é', 'e\u0301', 'É', 'k', '\u212a', 'ſ', 's'),
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 30 }), (keys) => {
      const set = new KeySet();
      const clash = keys.some((one) => set.add(one, /^[a-z]*$/i.test(one) && !/[\u212a\u017f]/.test(one)) !== null);
      expect(clash).toBe(new Set(keys.map(foldKey)).size < keys.length);
    }),
  );
});
