import { CodeBlock } from './CodeBlock.tsx';
import { DiffView } from './DiffView.tsx';
import { readable } from './jsonText.ts';

/** A whole definition, an instruction as the text that it is; against the reviewed one when that differs. */
export function DefinitionView({ of, definition, pinned }: { of: string; definition: string; pinned: string | null }) {
  const name = `Definition of ${of}`;
  const { text } = readable(definition);
  if (pinned === null) return <CodeBlock text={text} name={name} />;
  return <DiffView before={readable(pinned).text} after={text} name={name} />;
}
