import type { EntryAnswer, ProtectPlan } from '../../../main/contract/client.ts';
import { Select, TextInput } from '../../ui/Field.tsx';
import { visibleString } from '../../ui/visible.ts';

type Question = ProtectPlan['asked'][number];

/** What a client would ask before it starts these servers: one field for each, whichever servers take the answer. */
export function Asked({
  asked,
  answers,
  onAnswers,
}: {
  asked: readonly Question[];
  answers: readonly EntryAnswer[];
  onAnswers: (answers: readonly EntryAnswer[]) => void;
}) {
  if (asked.length === 0) return null;
  const questions = Map.groupBy(asked, ({ input, description, options }) =>
    JSON.stringify([input, description, options]),
  );
  return (
    <section aria-label="What the client would ask" className="space-y-3 border-b border-line px-4 py-3">
      <h3 className="text-xs font-semibold text-ink-soft">The client asks this at a start; Countersign asks it once</h3>
      {[...questions].map(([key, same]) => (
        <Field
          key={key}
          same={same}
          said={answers.find((one) => isFor(one, same))?.value}
          onSaid={(value) =>
            onAnswers([
              ...answers.filter((one) => !isFor(one, same)),
              ...same.map(({ entry, input }) => ({ entry, input, value })),
            ])
          }
        />
      ))}
    </section>
  );
}

function Field({
  same,
  said,
  onSaid,
}: {
  same: readonly Question[];
  said: string | undefined;
  onSaid: (value: string) => void;
}) {
  const [first] = same;
  if (first === undefined) return null;
  const label = `${visibleString(first.description ?? first.input)}, for ${[...new Set(same.map(({ server }) => server))].join(', ')}`;
  const value = said ?? first.value ?? '';
  if (first.options === null)
    return <TextInput label={label} mono value={value} onChange={(event) => onSaid(event.target.value)} />;
  return (
    <Select
      label={label}
      value={value}
      onChange={(event) => onSaid(event.target.value)}
      options={['', ...first.options].map((option) => ({
        value: option,
        label: visibleString(option) || 'Choose one',
      }))}
    />
  );
}

function isFor({ entry, input }: EntryAnswer, same: readonly Question[]): boolean {
  return same.some((one) => one.entry === entry && one.input === input);
}
