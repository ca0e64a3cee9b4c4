import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Masker } from './masker.ts';
import { SECRET_RULES } from './secretRules.ts';

describe('a known value', () => {
  const value = 'p4ss/w"örd+42 §';
  const masker = new Masker([value], []);
  const bytes = Buffer.from(value);

  test.each([
    ['as it is', value],
    ['as JSON escapes it', JSON.stringify(value)],
    ['in a URL', encodeURIComponent(value)],
    ['in a form', new URLSearchParams({ q: value }).toString().slice(2)],
    ['in hexadecimal', bytes.toString('hex')],
    ['in base64', bytes.toString('base64')],
    ['in base64url', bytes.toString('base64url')],
    ['in base64 after a user name', Buffer.from(`u:${value}`).toString('base64')],
    ['in base64 after a longer one', Buffer.from(`us:${value}!`).toString('base64')],
  ])('%s', (_, form) => {
    const masked = masker.mask(`before ${form} after`);
    expect(masked).toContain('[masked: keychain-secret]');
    expect(masked.length).toBeLessThan('before  after'.length + '[masked: keychain-secret]'.length + 8);
  });

  test('wherever it stands in base64, what is left of it does not give it away', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), (before, after) => {
        const masked = masker.mask(Buffer.from(before + value + after).toString('base64'));
        expect(
          Buffer.from(masked.replaceAll('[masked: keychain-secret]', ''), 'base64').toString('latin1'),
        ).not.toContain('ss/w');
      }),
    );
  });

  test('twice in one text', () => {
    expect(masker.find(`${value} ${value}`).map(({ start }) => start)).toEqual([0, value.length + 1]);
  });

  test('in another case it is another value', () => {
    expect(masker.find(value.toUpperCase())).toEqual([]);
  });
});

test('a value of three letters is masked where it is the whole text only', () => {
  const masker = new Masker(['abc'], []);
  expect(masker.mask('abc')).toBe('[masked: keychain-secret]');
  expect(masker.mask('abcdef')).toBe('abcdef');
});

test('values inside one another become one span', () => {
  const masker = new Masker(['longer-secret-value', 'secret'], []);
  expect(masker.mask('a longer-secret-value here')).toBe('a [masked: keychain-secret] here');
});

describe('the rule table', () => {
  const masker = new Masker([], SECRET_RULES);
  const random = (length: number) => 'Zk7Qw2Xv9Rb4Tn6Yc3Md8Lf5Hp1Js0Gg'.repeat(8).slice(0, length);

  test.each([
    ['github-token', `remote: https://x ghp_${random(36)}`],
    ['slack-token', `xoxb-${'123456789012-'.repeat(2)}${random(24)}`],
    ['gcp-api-key', `key AIza${random(35)}`],
    ['anthropic-key', `sk-ant-api03-${random(93)}AA`],
    ['openai-key', `sk-proj-${random(80)}`],
    ['stripe-key', `sk_live_${random(24)}`],
    ['npm-token', `//registry.npmjs.org/:_authToken=npm_${random(36)}`],
    ['jwt', `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4ifQ.${random(43)}`],
    ['private-key', `-----BEGIN OPENSSH PRIVATE KEY-----\n${random(200)}\n-----END OPENSSH PRIVATE KEY-----`],
    ['url-credentials', 'postgres://admin:hunter22@db.internal:5432/app'],
    ['password-assignment', 'export DB_PASSWORD="hunter22!"'],
    ['secret-assignment', `my_api_token: ${random(32)}`],
    ['aws-secret-key', `aws_secret_access_key = ${random(40)}`],
  ])('%s', (rule, text) => {
    expect(masker.find(text).map((span) => span.rule)).toContain(rule);
  });

  test.each(['', 'x ', 'a-', '-eyJ-', '.eyJ'])('a JSON web token behind %j, whole', (before) => {
    const jwt = `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${random(43)}`;
    expect(masker.mask(`${before}${jwt} y`)).toMatch(/^.{0,4}\[masked: jwt\] y$/);
  });

  test.each([
    'The password is needed to log in.',
    'password: $DB_PASSWORD',
    'token = "<your token here>"',
    'api_key=xxxxxxxxxxxxxxxxxxxxxxxx',
    'const tokenType = "application/json; charset=utf-8";',
    'git commit 3f786850e387550fdab836ed7e6dc881de23001b',
    'https://example.com:8080/path?x=1',
    'id 0197c1b2-7c1e-7aaa-8bbb-0123456789ab',
    'function getToken(secretName: string): Promise<string> {',
  ])('harmless: %s', (text) => {
    expect(masker.find(text)).toEqual([]);
  });

  test.each([
    'password=',
    'token: ',
    'Authorization: Bearer ',
    '-----BEGIN PRIVATE KEY-----',
    'eyJ',
    'eyJ-',
    `${'xeyJ'.repeat(990)}.eyJ${'a'.repeat(12)}.${'a'.repeat(14)} `,
    'ya29.-',
    'sntrys_=',
    'xoxb-',
    'key-',
    '://a:',
    '-u ',
  ])('time grows with length only: %j a hundred thousand times', (part) => {
    const text = part.repeat(Math.ceil(600_000 / part.length));
    const started = performance.now();
    masker.find(text);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('the first look at JSON', () => {
  const masker = new Masker([], SECRET_RULES);
  const suspects = (text: string) => {
    const json = JSON.stringify({ text });
    return masker.suspects(json, Buffer.from(json));
  };
  const names = ['aws', 'AWS_SECRET_ACCESS_KEY', 'okta', 'Pwd', 'client_secret', 'api key', 'snyk', '--heroku-token'];

  test('leads on wherever something is masked, however its name goes on and is assigned', () => {
    const rest = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '_', '-', '.', ' '), maxLength: 26 });
    const between = fc.constantFrom('=', ' = ', ': ', '": "', "'=>'", ' || ', '\\": \\"', '] = "', ' ', '\t"', ',');
    const value = fc.constantFrom(
      'x7Kp2mQ9vL4nR8tB1cW5yZ3aF6hJ0dGsE/u+iOkN',
      '00aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7d',
    );
    let masked = 0;
    fc.assert(
      fc.property(fc.constantFrom(...names), rest, between, value, (name, more, assigned, secret) => {
        const text = `set ${name}${more}${assigned}${secret}`;
        if (masker.find(text).length === 0) return;
        masked += 1;
        expect(suspects(text)).toBe(true);
      }),
      { numRuns: 2000 },
    );
    expect(masked).toBeGreaterThan(200);
  });

  test('follows a name for as long as any may be', () => {
    for (let more = 0; more <= 24; more += 1) {
      const text = `okta${'a'.repeat(more)}="00aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7d"`;
      expect(masker.find(text)).toHaveLength(1);
      expect(suspects(text)).toBe(true);
    }
  });

  test('passes over names that come by chance in base64', () => {
    for (const name of ['aws', 'pwd', 'okta', 'snyk', 'XRAY'])
      expect(suspects(`${'aB3/'.repeat(20)}${name}${'Xy9+Zk2'.repeat(20)}`)).toBe(false);
  });
});
