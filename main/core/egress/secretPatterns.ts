/** Writing rules: tokens that show what they are, and values that only their name gives away. */
import type { SecretRule } from './secretRule.ts';

/** What stands where a secret would: variables, templates, crosses and stars, words that say so. */
const PLACEHOLDER =
  /^(?:[xX*.•_-]+|(.)\1{5,}|<.*|\$.*|\{\{.*|%\w+%|.*(?:example|placeholder|change_?me|your[-_ ]|redacted|dummy|\[masked).*)$/i;
export const isPlaceholder = (secret: string): boolean => PLACEHOLDER.test(secret);
/** Words joined by dashes, dots and underscores are names; hosts, and members of things, are places. */
const isName = (secret: string): boolean =>
  /^[A-Za-z_.-]+=*$/.test(secret) || /^\w+(?:\.[A-Za-z_]\w{1,20}){1,5}(?::\d+)?$/.test(secret) || isPlaceholder(secret);

/** A text as the pattern that matches just it. */
const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** A token that begins with one of these letters exactly and goes on as `body` says; nothing of a word before or after. */
export function token(
  id: string,
  prefixes: readonly string[],
  body: string,
  options: { entropy?: number } = {},
): SecretRule {
  const start = prefixes.map((prefix) => literally(prefix)).join('|');
  return {
    id,
    keywords: prefixes.map((prefix) => prefix.toLowerCase()),
    pattern: new RegExp(`(?:${start})${body}(?![A-Za-z0-9])`, 'dy'),
    wholeWord: true,
    except: isPlaceholder,
    ...options,
  };
}

const LONGEST_REST = 24;
const REST_OF_NAME = `[\\w.\\- ]{0,${LONGEST_REST}}`;
/** From the end of a name to its value, in configuration, code, JSON within JSON, and command lines. */
const ASSIGN = '[\\s\'"`\\\\\\])]{0,6}(?:=>|:{1,3}=?|\\?=|={1,3}|\\|\\||>|,)[\\s\'"`\\\\=(]{0,8}';
/** What neither of the two that may stand between begins with. */
const NO_END_OF_NAME = '[^\\s\'"`\\\\\\])=:?|>,]';
const SPACED_OPTION = '(?<=--[\\w-]{1,40})\\s{1,3}[\'"`]?';

interface NamedOptions {
  readonly entropy?: number;
  /** What must or must not follow the word in the name. */
  readonly after?: string;
}

/** A value of a form that means nothing by itself, assigned to a name with one of these words in it. */
export function named(id: string, names: readonly string[], value: string, options: NamedOptions = {}): SecretRule {
  const { after = '', ...rest } = options;
  const words = names.map((name) => literally(name)).join('|');
  const longest = Math.max(...names.map((name) => name.length)) + LONGEST_REST;
  return {
    id,
    keywords: names.map((name) => name.toLowerCase()),
    pattern: new RegExp(
      `(?:${words})${after}${REST_OF_NAME}(?:${ASSIGN}|${SPACED_OPTION})(${value})(?![\\w=+/])`,
      'diy',
    ),
    // Short words come by chance in base64, which then goes on for longer than any name.
    never: new RegExp(`${NO_END_OF_NAME}{${longest + 1}}`, 'y'),
    except: isName,
    ...rest,
  };
}
