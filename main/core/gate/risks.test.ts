import { expect, test } from 'vitest';
import { leafFacts } from '../policy/question.fixture.ts';
import { placeFacts } from './placeFacts.ts';
import { riskReasons } from './risks.ts';

test('harmless arguments have no risks', () => {
  expect(riskReasons(leafFacts({ '/path': '/srv/a.txt', '/content': 'x; rm -rf /' }))).toEqual([]);
});

test('each kind is one sentence, from the values that will run, made visible', () => {
  const facts = leafFacts({ '/to': 'a@b.org', '/url': 'https://example.com/', '/id': '$(id)', '/sql': 'drop table t' });
  expect(riskReasons(facts)).toEqual([
    'Holds characters that a shell acts on: /id.',
    'The SQL in it says DROP.',
    'It names receivers: a@b.org.',
    'It names hosts: example.com.',
  ]);
  const lead = {
    pointer: '/p',
    text: 'a\u202eb',
    whole: true,
    folder: false,
    written: ['/w/a'],
    real: ['/r/a'],
    certain: true,
  };
  expect(
    riskReasons({ ...facts, signs: leafFacts({}).signs, places: placeFacts([lead], () => ['credentials']) }),
  ).toEqual(['It touches keys or credentials.', 'Links lead elsewhere: a\\u{202e}b is /r/a.']);
});

test('of many things the first are named and the others counted', () => {
  const urls = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`/u${at}`, `https://h${at}.example/`]));
  expect(riskReasons(leafFacts(urls))).toEqual(['It names hosts: h0.example, h1.example, h2.example and 2 more.']);
});
