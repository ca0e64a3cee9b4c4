import type { AskView } from '../../contract/ask.ts';
import { DEFINITION_KINDS } from '../../contract/tool.ts';
import type { TourStep } from '../../contract/tour.ts';
import { clearTourServer } from './ownServer.ts';
import type { TourClient, TourDeps, TourFolder } from './ports.ts';
import { NOTE_FILE, NOTE_TEXT, TOUR_SERVER, WELCOME_FILE } from './story.ts';

/** What the steps share while the story runs. */
export interface Scene {
  readonly deps: TourDeps;
  readonly folder: TourFolder;
  /** The story's one client; launched at its first call. */
  client(): Promise<TourClient>;
}

/** The story did not go as told: the sentence says what happened instead and what to do. */
export class StoryFault extends Error {}

/** Each step: does it for real, and resolves with what was seen. Throws `StoryFault` or `Refused`. */
export const STEPS: Readonly<Record<TourStep, (scene: Scene) => Promise<string>>> = {
  consent: agree,
  review: acceptTools,
  read,
  'write-denied': writeDenied,
  'write-approved': writeApproved,
  audit,
  verify,
  tamper,
};

async function agree({ deps: { operations, serverFor }, folder }: Scene) {
  const { servers, asks } = operations;
  const entry = serverFor(folder.path);
  if (!(await clearTourServer(operations, entry))) {
    throw new StoryFault(`You have a server named ${TOUR_SERVER} of your own. Give it another name to take the tour.`);
  }
  await servers.add({ name: TOUR_SERVER, entry });
  const { launch, digest, problem } = await servers.review({ server: TOUR_SERVER });
  if (launch === null || digest === null) throw new StoryFault(problem?.message ?? 'The launch could not be resolved.');
  const { ask } = await servers.consent({ server: TOUR_SERVER, digest });
  expectApproved(await asks.wait({ id: ask }));
  return `Agreed to ${launch.args.length + 1} words of command line and ${launch.files.length} files by hash. Any change asks again.`;
}

async function acceptTools({ deps: { operations } }: Scene) {
  const { servers, tools, asks } = operations;
  await servers.start({ server: TOUR_SERVER });
  const said = await tools.list({ server: TOUR_SERVER, kinds: [...DEFINITION_KINDS] });
  const waiting = said.filter(({ state }) => state === 'new' || state === 'changed');
  if (waiting.length > 0) {
    const choices = waiting.map(({ kind, name, digest, proposed }) => ({ kind, name, digest, class: proposed }));
    const { ask } = await tools.accept({ server: TOUR_SERVER, tools: choices });
    expectApproved(await asks.wait({ id: ask }));
  }
  const seen = said.filter(({ kind }) => kind === 'tool');
  const reading = seen.filter((tool) => (tool.class ?? tool.proposed) === 'read').length;
  return `${seen.length} tools accepted and pinned: ${reading} only read and run unasked, ${seen.length - reading} ask.`;
}

async function read({ folder, client }: Scene) {
  const { text, isError } = await (await client()).call('read_text_file', { path: `${folder.path}/${WELCOME_FILE}` });
  if (isError) throw new StoryFault(`The read did not run: ${text}`);
  return `It ran at once and answered: “${text.trim()}”`;
}

async function writeDenied(scene: Scene) {
  const before = await scene.folder.read(NOTE_FILE);
  const { text, isError } = await write(scene);
  if (!isError) throw new StoryFault(`It was allowed, so ${NOTE_FILE} was written. Run the step again and deny it.`);
  if ((await scene.folder.read(NOTE_FILE)) !== before)
    throw new StoryFault(`${NOTE_FILE} changed although the call was denied.`);
  return `Nothing was written. The client was told: “${text.trim()}”`;
}

async function writeApproved(scene: Scene) {
  const { text, isError } = await write(scene);
  if (isError) throw new StoryFault(`It was not allowed: ${text}`);
  if ((await scene.folder.read(NOTE_FILE)) !== NOTE_TEXT)
    throw new StoryFault(`${NOTE_FILE} does not hold what was approved.`);
  return `${NOTE_FILE} was written with exactly the ${NOTE_TEXT.length} bytes that were shown.`;
}

async function audit({ deps: { operations } }: Scene) {
  const { records, total } = await operations.audit.search({ server: TOUR_SERVER, limit: 500 });
  const count = (type: string) => records.filter((record) => record.type === type).length;
  if (count('outcome') === 0) throw new StoryFault('The ledger has no outcome of a call yet.');
  return `${total} records of this server: ${count('asked')} asked, ${count('answered')} answered, ${count('intent')} intents, ${count('outcome')} outcomes.`;
}

async function verify({ deps: { operations } }: Scene) {
  const report = await operations.audit.verify();
  if (!report.ok) throw new StoryFault(report.fault?.message ?? 'The ledger does not verify.');
  return `${report.records} records recomputed, ${report.signed} of them under a signed checkpoint. Root ${report.root?.slice(0, 16) ?? 'none'}.`;
}

async function tamper({ deps }: Scene) {
  const { records } = await deps.operations.audit.search({ server: TOUR_SERVER, type: 'outcome', limit: 1 });
  const [target] = records;
  if (target === undefined) throw new StoryFault('There is no outcome in the ledger to tamper with.');
  const { changed, report } = await deps.tamper(target.id);
  if (report.ok || report.fault === null) throw new StoryFault(`The change was not found: ${changed}`);
  return `In a copy, ${changed}. Found: ${report.fault.message}`;
}

async function write({ folder, client }: Scene) {
  return (await client()).call('write_file', { path: `${folder.path}/${NOTE_FILE}`, content: NOTE_TEXT });
}

function expectApproved({ state, note }: AskView) {
  if (state !== 'approved')
    throw new StoryFault(
      `The ask ended ${state}${note === null ? '' : ` (${note})`}. Run the step again and allow it.`,
    );
}
