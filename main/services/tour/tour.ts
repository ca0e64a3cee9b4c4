import { Refused, refusalText } from '../../contract/errors.ts';
import { TOUR_STEPS, type TourState, type TourStep } from '../../contract/tour.ts';
import { clearTourServer } from './ownServer.ts';
import type { TourClient, TourDeps, TourFolder } from './ports.ts';
import { type Scene, STEPS, StoryFault } from './steps.ts';
import { TITLES, TOUR_SERVER } from './story.ts';

type StepState = TourState['steps'][number];

/** The guided story: each step is done for real, by the operations everyone uses, and a person answers its asks. */
export interface Tour {
  state(): TourState;
  /**
   * Runs one step; resolves when it is done or failed. Throws `Refused('INPUT_INVALID')` when an earlier step is not
   * done yet or one is running.
   */
  run(step: TourStep): Promise<TourState>;
  /** Ends the client, removes the server and the folder, and starts over. */
  reset(): Promise<TourState>;
  close(): Promise<void>;
}

export function createTour(deps: TourDeps): Tour {
  let folder: TourFolder | null = null;
  let client: Promise<TourClient> | null = null;
  let steps = fresh();

  const state = (): TourState => ({
    folder: folder?.path ?? null,
    server: steps.get('consent')?.state === 'waiting' ? null : TOUR_SERVER,
    steps: [...steps.values()],
  });
  const mark = (step: TourStep, seen: Pick<StepState, 'state' | 'outcome'>) => {
    steps.set(step, { step, title: TITLES[step], ...seen });
    deps.changed();
  };

  async function scene(): Promise<Scene> {
    folder ??= await deps.makeFolder();
    return {
      deps,
      folder,
      client: () => {
        client ??= deps.openClient(TOUR_SERVER);
        return client;
      },
    };
  }

  async function endClient() {
    const open = client;
    client = null;
    await (await open?.catch(() => null))?.close();
  }

  async function run(step: TourStep): Promise<TourState> {
    const running = [...steps.values()].find((each) => each.state === 'running');
    if (running !== undefined) throw new Refused('INPUT_INVALID', `the step ${running.step} is still running`);
    const missing = TOUR_STEPS.slice(0, TOUR_STEPS.indexOf(step)).find(
      (earlier) => steps.get(earlier)?.state !== 'done',
    );
    if (missing !== undefined) throw new Refused('INPUT_INVALID', `the step ${missing} comes first`);
    const story = steps;
    mark(step, { state: 'running', outcome: null });
    let seen: Pick<StepState, 'state' | 'outcome'>;
    try {
      seen = { state: 'done', outcome: await STEPS[step](await scene()) };
    } catch (error) {
      seen = { state: 'failed', outcome: reasonOf(error) };
      // A broken connection must not stay the story's only one.
      await endClient();
    }
    // A reset in the meantime began another story: this outcome is not part of it.
    if (story === steps) mark(step, seen);
    return state();
  }

  async function end() {
    steps = fresh();
    await endClient();
    if (folder !== null) await clearTourServer(deps.operations, deps.serverFor(folder.path));
    await folder?.remove();
    folder = null;
  }

  return {
    state,
    run,
    async reset() {
      await end();
      deps.changed();
      return state();
    },
    async close() {
      await endClient();
      await folder?.remove();
      folder = null;
    },
  };
}

function fresh(): Map<TourStep, StepState> {
  return new Map(TOUR_STEPS.map((step) => [step, { step, state: 'waiting', title: TITLES[step], outcome: null }]));
}

/** Expected ends in a sentence; anything else is a fault of ours and goes on. */
function reasonOf(error: unknown): string {
  if (error instanceof StoryFault) return error.message;
  if (error instanceof Refused) return refusalText(error.refusal);
  return error instanceof Error ? error.message : String(error);
}
