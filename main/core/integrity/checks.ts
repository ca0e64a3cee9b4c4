/**
 * What a definition says to a model and hides from a person (PRODUCT.md T2). The checks find what is written plainly or
 * hidden by characters, encodings or places, and no more: what protects is the pin, and a person who reads.
 */
import type { ToolFinding } from '../../contract/tool.ts';
import type { FactNode } from '../gate/facts.ts';
import { CHARACTERS } from './characters.ts';
import { encodedText } from './encoded.ts';
import { fold } from './fold.ts';
import { PHRASES } from './phrases.ts';
import { isProse, placeOf } from './places.ts';
import { quoted } from './quote.ts';
import { pointerOf, type Text, textsOf } from './texts.ts';

/** What stands out in any string or key of a definition, with its JSON pointer and span: each check once per string, where it first applies. */
export function checkDefinition(node: FactNode): ToolFinding[] {
  return [...textsOf(node)].flatMap(inspect);
}

function inspect({ text, of, keys }: Text): ToolFinding[] {
  const findings: ToolFinding[] = [];
  const add = (id: string, message: string, start: number, length: number) =>
    findings.push({
      id,
      pointer: pointerOf(keys),
      message: `This text ${message}.`,
      span: { of, start, length },
      quote: quoted(text, start, length),
    });

  for (const { id, message, pattern } of CHARACTERS) {
    const match = pattern.exec(text);
    if (match) add(id, message, match.index, match[0].length);
  }
  const folded = fold(text);
  for (const { id, message, pattern } of PHRASES) {
    const match = pattern.exec(folded.text);
    if (!match) continue;
    const start = folded.origin(match.index);
    add(id, message, start, folded.origin(match.index + match[0].length) - start);
  }
  const encoded = encodedText(text);
  if (encoded) add('encoded', 'holds readable text in an encoding', encoded.start, encoded.length);
  const place = of === 'value' ? placeOf(keys) : null;
  if (place && isProse(text, place))
    add('hidden-place', 'stands where models read and forms show nothing', 0, text.length);
  return findings;
}
