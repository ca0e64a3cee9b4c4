import { CodeBlock } from './CodeBlock.tsx';
import { DiffView } from './DiffView.tsx';
import { layOut } from './jsonText.ts';

/** A tool's whole definition; against the reviewed one when that differs. */
export function DefinitionView({
  tool,
  definition,
  pinned,
}: {
  tool: string;
  definition: string;
  pinned: string | null;
}) {
  if (pinned === null) return <CodeBlock text={layOut(definition)} name={`Definition of ${tool}`} />;
  return <DiffView before={layOut(pinned)} after={layOut(definition)} name={`Definition of ${tool}`} />;
}
