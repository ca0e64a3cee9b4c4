import type { AskView } from '../../../contract/ask.ts';
import { TOUR_STEPS, type TourState, type TourStep } from '../../../contract/tour.ts';
import { columns } from '../columns.ts';
import type { Paint } from '../paint.ts';
import { askText, endText } from '../prompt/askText.ts';
import { recordRow } from '../prompt/recordText.ts';
import type { Client } from '../shell.ts';
import { box, wrap } from './box.ts';
import type { DemoDaemon } from './daemon.ts';
import { type Decision, playPerson } from './person.ts';

export interface Telling {
  readonly daemon: DemoDaemon;
  readonly passcode: string;
  readonly paint: Paint;
  readonly columns: number;
  /** Milliseconds a prompt stays in sight. */
  readonly readingMs: number;
  readonly print: (line: string) => void;
}

/** Plays the whole story and prints it; resolves with whether every step was done. */
export async function tellStory(telling: Telling): Promise<boolean> {
  const { daemon, paint, print, passcode, readingMs } = telling;
  const end = new AbortController();
  let step: TourStep = 'consent';
  const person = playPerson(
    {
      approval: daemon.approval,
      passcode,
      readingMs,
      show: (ask) => showPrompt(ask, telling),
      decide: (): Decision =>
        step === 'write-denied' ? { approve: false, note: 'Not while I am reading this.' } : { approve: true },
      answered: (ask) => print(`  ${paint.dim('the demo, playing the person:')} ${endText(ask, paint)}\n`),
    },
    end.signal,
  );
  try {
    for (step of TOUR_STEPS) {
      const state = await Promise.race([runStep(step, telling), person.then(() => null)]);
      if (stepOf(state, step)?.state !== 'done') return false;
    }
    return true;
  } finally {
    end.abort();
    await person;
  }
}

const stepOf = (state: TourState | null, step: TourStep) => state?.steps.find((each) => each.step === step);

async function runStep(step: TourStep, { daemon, paint, print, columns }: Telling): Promise<TourState> {
  const before = await daemon.app.tour.state();
  print(`${paint.accent(`${TOUR_STEPS.indexOf(step) + 1}`)}  ${paint.bold(stepOf(before, step)?.title ?? step)}\n`);
  const after = await daemon.app.tour.run({ step });
  const seen = stepOf(after, step);
  if (step === 'audit') for (const line of await auditLines(daemon.app, paint)) print(`   ${line}`);
  const mark = seen?.state === 'done' ? paint.good('✓') : paint.bad('✗');
  const lines = (seen?.outcome ?? '').split('\n').flatMap((line) => wrap(line, columns - 5));
  lines.forEach((line, index) => void print(`   ${index === 0 ? mark : ' '} ${line}`));
  print('');
  return after;
}

/** What happened to the calls, oldest first. */
async function auditLines(app: Client, paint: Paint): Promise<string[]> {
  const { records } = await app.audit.search({ server: 'tour', limit: 200 });
  const calls = records.filter(({ call }) => call !== undefined).reverse();
  // The ids are long and mean nothing here.
  return [...columns(calls.map((record) => recordRow(record, paint).slice(0, -1))), ''];
}

function showPrompt(ask: AskView, { paint, columns, print }: Telling) {
  for (const line of box('Countersign asks', askText(ask, paint, false).lines, columns - 4, paint)) print(`  ${line}`);
}
