/** What a client asks its person for before it starts a server (VS Code's `inputs`), and what it was told. */
import { isMap, valueAt } from './format.ts';

/** A question as the client's file writes it. */
export interface ClientInput {
  readonly id: string;
  readonly description: string | null;
  /** It is typed hidden. */
  readonly secret: boolean;
  /** What it can be; null where anything can be typed. */
  readonly options: readonly string[] | null;
  /** What it is unless something else is said. */
  readonly usual: string | null;
}

/** Every question in a parsed document, by its id. What is not written as one is left out. */
export function inputsOf(document: unknown): ReadonlyMap<string, ClientInput> {
  const found = valueAt(document, ['inputs']);
  const inputs = (Array.isArray(found) ? found : []).flatMap((one) => (isMap(one) ? inputOf(one) : []));
  return new Map(inputs.map((input) => [input.id, input]));
}

function inputOf({ id, description, password, options, default: usual }: Readonly<Record<string, unknown>>) {
  if (typeof id !== 'string') return [];
  return [
    {
      id,
      description: typeof description === 'string' ? description : null,
      secret: password === true,
      options: Array.isArray(options) ? options.flatMap(optionOf) : null,
      usual: typeof usual === 'string' && usual !== '' ? usual : null,
    },
  ];
}

/** An option is its text, or a text to show and the one it stands for. */
function optionOf(option: unknown): string[] {
  const value = isMap(option) ? option.value : option;
  return typeof value === 'string' ? [value] : [];
}
