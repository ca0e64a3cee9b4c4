import type { Check } from './check.ts';

/** Characters that hide, turn or repaint text: looked for in the text as it is. */
export const CHARACTERS: readonly Check[] = [
  {
    id: 'terminal',
    message: 'has terminal sequences, which hide or repaint text',
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape is what is looked for.
    pattern: /(?:\u001b[[\]()#;?]{0,2}|\u009b)[\d;]{0,40}[@-~]/u,
  },
  {
    id: 'control',
    message: 'has control characters',
    pattern: /(?:(?![\t\n\r])\p{Cc})+/u,
  },
  {
    id: 'bidirectional',
    message: 'has characters that turn the direction of text',
    pattern: /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/u,
  },
  {
    id: 'tag-characters',
    message: 'has tag characters, which models read and people cannot see',
    pattern: /[\u{e0000}-\u{e007f}]+/u,
  },
  {
    id: 'invisible',
    message: 'has invisible characters',
    // Emoji are put together with joiners and selectors, and some scripts need joiners.
    pattern:
      /(?!\ufe0e|\ufe0f|\u200c|\u200d)\p{Default_Ignorable_Code_Point}|(?<!\p{Extended_Pictographic}|\ufe0f|\p{M}|(?![a-z])\p{L})(?:\u200c|\u200d)/u,
  },
  { id: 'private-use', message: 'has characters without a public meaning', pattern: /\p{Co}+/u },
];
