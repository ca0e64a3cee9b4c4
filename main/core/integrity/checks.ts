/**
 * First checks of what a definition says to a model (PRODUCT.md T2). They find what is written plainly or hidden by
 * characters, and no more: what protects is the pin, and a person who reads.
 */
import type { ToolFinding } from '../../contract/tool.ts';
import type { FactNode } from '../gate/facts.ts';
import { pointerStep } from '../gate/facts.ts';
import { foldText } from './fold.ts';

interface Check {
  readonly id: string;
  readonly message: string;
  readonly pattern: RegExp;
}

/** On the text as it is. */
const CHARACTERS: readonly Check[] = [
  {
    id: 'control',
    message: 'has control characters, such as terminal sequences are made of',
    pattern: /(?![\t\n\r])\p{Cc}/u,
  },
  {
    id: 'bidirectional',
    message: 'has characters that turn the direction of text',
    pattern: /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u,
  },
  {
    id: 'tag-characters',
    message: 'has tag characters, which models read and people cannot see',
    pattern: /[\u{e0000}-\u{e007f}]/u,
  },
  {
    id: 'invisible',
    message: 'has invisible characters',
    // Emoji are put together with joiners and selectors, and some scripts need joiners.
    pattern:
      /(?!\ufe0e|\ufe0f|\u200c|\u200d)\p{Default_Ignorable_Code_Point}|(?<!\p{Extended_Pictographic}|\ufe0f|\p{M}|(?![a-z])\p{L})(?:\u200c|\u200d)/u,
  },
  { id: 'private-use', message: 'has characters without a public meaning', pattern: /\p{Co}/u },
];

/**
 * On the folded text: lower case, without invisible characters, look-alikes as Latin letters. Every repetition has a
 * bound, so that a hostile text cannot make one of them slow.
 */
const PHRASES: readonly Check[] = [
  {
    id: 'instruction-tag',
    message: 'has a tag that models take for an instruction',
    pattern:
      /<\/?\s{0,20}(?:important|system|instructions?|secret|hidden|admin|assistant)\b[^>]{0,200}>|<\|[a-z_]{2,20}\|>|\[\s{0,20}(?:system|hidden|inst)[^\]]{0,30}\]/,
  },
  {
    id: 'override',
    message: 'tells the model to set earlier instructions aside',
    pattern:
      /\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:previous|prior|above|earlier|all|your|safety|security|system)\b.{0,30}\b(?:instructions?|rules?|constraints?|prompts?|restrictions?|polic(?:y|ies)|guidelines?|filters?|messages?|context|previous)\b|\bdisregard all previous\b/,
  },
  {
    id: 'secrecy',
    message: 'tells the model to hide something from the person',
    pattern:
      /\b(?:do not|don't|never|without)\b.{0,20}\b(?:tell(?:ing)?|mention(?:ing)?|inform(?:ing)?|reveal(?:ing)?|notify(?:ing)?|show(?:ing)?|disclos(?:e|ing)|report(?:ing)?)\b.{0,40}\b(?:user|person|human|them|this step|operation)\b|\bsilently\b.{0,40}\b(?:append|send|include|read|forward|copy|add|upload)\b/,
  },
  {
    id: 'secret-file',
    message: 'names files that hold keys and passwords',
    pattern:
      /(?:~|\$home|\/root|\/home\/[^/\s]{1,64})?\/?\.(?:ssh|aws|gnupg|kube|docker|netrc|npmrc|pypirc)\b|\bid_(?:rsa|ed25519|ecdsa)\b|\/etc\/(?:passwd|shadow)\b|\.cursor\/mcp\.json|\bmcp\.json\b|(?:^|[\s'"`(])\.env\b(?!ironment)/,
  },
  {
    id: 'model-address',
    message: 'speaks to the model as a system would',
    pattern:
      /\b(?:new )?system (?:message|override|directive|prompt|instruction)\b|\b(?:note|message|instruction)s? (?:to|for) (?:the )?(?:assistant|ai|model|llm|agent)\b|(?:^|[.\n]\s{0,20})system:\s/,
  },
  {
    id: 'before-use',
    message: 'demands another step first',
    pattern:
      /\b(?:before|prior to) (?:using|calling|invoking|running|fetching|each|any|every)\b.{0,60}\b(?:read|send|fetch|open|cat|include|call|invoke|upload)\b/,
  },
  {
    id: 'exfiltration',
    message: 'asks for secrets or for data to be sent elsewhere',
    pattern:
      /\b(?:send|post|forward|upload|exfiltrate|append|include|embed|steal|pass|output)\b.{0,50}\b(?:credentials?|api[ _-]?keys?|private[ _-]?keys?|passwords?|secrets?|tokens|environment variables|conversation history|ssh keys?|copy to \S{1,64}@\S)\b/,
  },
];

/** What stands out in any string or key of a definition, with its JSON pointer; each check once per string. */
export function checkDefinition(node: FactNode): ToolFinding[] {
  const findings: ToolFinding[] = [];
  visit(node, '', findings);
  return findings;
}

function visit(node: FactNode, pointer: string, findings: ToolFinding[]): void {
  if (node.kind === 'string') inspect(node.value, pointer, findings);
  else if (node.kind === 'array')
    node.items.forEach((item, index) => {
      visit(item, `${pointer}/${index}`, findings);
    });
  else if (node.kind === 'object')
    for (const { key, value } of node.members) {
      const inside = `${pointer}/${pointerStep(key)}`;
      inspect(key, inside, findings);
      visit(value, inside, findings);
    }
}

function inspect(text: string, pointer: string, findings: ToolFinding[]): void {
  const add = ({ id, message }: Check) => findings.push({ id, pointer, message: `This text ${message}.` });
  for (const check of CHARACTERS) if (check.pattern.test(text)) add(check);
  const folded = foldText(text);
  for (const check of PHRASES) if (check.pattern.test(folded)) add(check);
}
