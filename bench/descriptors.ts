/** What the descriptor checks of the product find in labelled definitions, offered to it by a real server. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Countersign, startCountersign } from './countersign.ts';
import { aligned } from './report.ts';
import { type ClassScore, score } from './score.ts';

const SAMPLES = join(import.meta.dirname, '..', '..', 'shared', 'data');
const LISTING = fileURLToPath(new URL('../e2e/servers/lying.ts', import.meta.url));
/** About names beside other names: samples of one file are no servers side by side. */
const ABOUT_NAMES = new Set(['same-name', 'look-alike', 'names-other-tool']);

/** What a tool has besides its name (MCP: Tool). */
const MEMBERS = new Set('title description inputSchema outputSchema annotations _meta'.split(' '));

/** A line of `poisoned_tools.jsonl` or `benign_tools.jsonl`. */
interface Sample {
  readonly source: string;
  readonly class: string;
  readonly tool: object;
}

/** Prints recall and precision a class and a source, over the samples in a folder; says so where there are none. */
export async function scoreDescriptors({ samples = SAMPLES, json }: { samples?: string; json: boolean }) {
  if (!existsSync(join(samples, 'poisoned_tools.jsonl'))) {
    console.log(`Not run: there are no samples in ${samples}. --samples names another folder.`);
    return;
  }
  const countersign = await startCountersign();
  try {
    const poisoned = await found(countersign, 'poisoned', read(join(samples, 'poisoned_tools.jsonl')));
    const harmless = await found(countersign, 'harmless', read(join(samples, 'benign_tools.jsonl')));
    const report = { classes: score(poisoned, harmless, 'class'), sources: score(poisoned, harmless, 'source') };
    const quiet = score(harmless, [], 'class');
    console.log(json ? JSON.stringify({ ...report, harmless: quiet }) : text(report.classes, report.sources, quiet));
  } finally {
    await countersign.close();
  }
}

function read(file: string): Sample[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line, place) => {
    const { source, category, cls, name, ...said } = JSON.parse(line);
    // What is no member of a tool says where the sample came from: no server would send it.
    const definition = Object.fromEntries(Object.entries(said).filter(([key]) => MEMBERS.has(key)));
    // Names repeat from source to source, and a list has each name once.
    return {
      source,
      class: category ?? cls,
      tool: { inputSchema: { type: 'object' }, ...definition, name: `${name}-${place}` },
    };
  });
}

async function found(countersign: Countersign, server: string, samples: readonly Sample[]) {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-samples-'));
  try {
    const file = join(folder, 'tools.json');
    await writeFile(file, JSON.stringify({ tools: samples.map(({ tool }) => tool) }));
    const reviews = await countersign.review(server, [LISTING, file]);
    const suspect = new Map(
      reviews.map(({ name, findings }) => [name, findings.some(({ id }) => !ABOUT_NAMES.has(id))]),
    );
    return samples.map(({ source, class: kind, tool }) => {
      const { name } = tool as { name: string };
      // What cannot be read strictly is never offered: a person is told, and no model reads it.
      return { source, class: kind, found: suspect.get(name) ?? true };
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function text(classes: readonly ClassScore[], sources: readonly ClassScore[], harmless: readonly ClassScore[]): string {
  const row = ({ name, found, of, recall, from, to }: ClassScore) => [
    name,
    `${found} of ${of}`,
    recall.toFixed(2),
    `${from.toFixed(2)} to ${to.toFixed(2)}`,
  ];
  const precise = ({ precision }: ClassScore) => (precision === null ? '–' : precision.toFixed(2));
  const head = (title: string) => [title, 'found', 'share', '95 % interval'];
  const table = (title: string, rows: readonly ClassScore[]) =>
    aligned([[...head(title), 'precision'], ...rows.map((one) => [...row(one), precise(one)])]);
  return [
    ...table('poisoned, a class', classes),
    '',
    ...table('poisoned, a source', sources),
    '',
    ...aligned([head('harmless, a class'), ...harmless.map(row)]),
    '',
    'Precision of a class: of what is found in it and in all the harmless, how much is in it.',
  ].join('\n');
}
