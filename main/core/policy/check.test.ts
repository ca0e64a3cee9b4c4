import { expect, test } from 'vitest';
import { openCedar } from '../../adapters/cedar/cedar.ts';
import { checkPolicies } from './check.ts';
import { CEDAR_SCHEMA } from './schema.ts';

const cedar = openCedar(CEDAR_SCHEMA);
const check = (text: string) => {
  const { policies, faults } = cedar.read({ file: 'mine.cedar', text });
  expect(faults).toEqual([]);
  return checkPolicies([], policies).map(({ message, line }) => `${line}: ${message}`);
};

test('a forbid may hang on the client program', () => {
  expect(check('forbid (principal in Client::"/usr/bin/curl", action, resource);')).toEqual([]);
});

test('a permit may not, wherever the client stands in it', () => {
  const message = expect.stringContaining('client program, which can be faked');
  expect(check('permit (principal in Client::"/usr/bin/code", action, resource);')).toEqual([message]);
  expect(check('permit (principal, action, resource) when { principal in Client::"x" };')).toEqual([message]);
  expect(check('permit (principal, action, resource) unless { principal in [Client::"x"] };')).toEqual([message]);
});

test('a permit for a person or a server is fine', () => {
  expect(check('permit (principal in Person::"anna", action, resource in Server::"files");')).toEqual([]);
});

test('names that are ours or taken are refused with their line', () => {
  const any = '(principal, action, resource);';
  expect(check(`@id("gate/held-tool") forbid ${any}`)).toEqual([expect.stringContaining('1: "gate/held-tool"')]);
  expect(check(`@id("a") forbid ${any}\n\n@id("a") forbid ${any}`)).toEqual(['3: Two policies are called "a".']);
});

test('an organisation forbids, and permits nothing', () => {
  const inLayer = (text: string) => {
    const { policies } = cedar.read({ file: 'organisation/a.cedar', text });
    return checkPolicies([], policies).map(({ file, message }) => `${file}: ${message}`);
  };
  expect(inLayer('forbid (principal, action, resource in Server::"prod");')).toEqual([]);
  expect(inLayer('permit (principal, action, resource);')).toEqual([
    expect.stringContaining('organisation/a.cedar: An organisation’s policies only forbid'),
  ]);
});

test('a server’s defaults speak of that server alone', () => {
  const inLayer = (scope: string) => {
    const text = `forbid (principal, action, ${scope});`;
    const { policies } = cedar.read({ file: 'servers/mail.cedar', text });
    return checkPolicies([], policies).length;
  };
  expect(inLayer('resource in Server::"mail"')).toBe(0);
  expect(inLayer('resource == Tool::"mail/send"')).toBe(0);
  expect(inLayer('resource is Tool in Server::"mail"')).toBe(0);
  expect(inLayer('resource == Tool::"files/send"')).toBe(1);
  expect(inLayer('resource in Server::"files"')).toBe(1);
  expect(inLayer('resource in Family::"mail/x"')).toBe(1);
  expect(inLayer('resource')).toBe(1);
});
