/** The process that speaks to registries: one job, then it ends. */
import { Refused, refusal } from '../../contract/refusal.ts';
import { toUnicode } from '../../contract/unicode.ts';
import { lookAtImage } from './image.ts';
import type { Job, Word } from './messages.ts';
import { installNpm } from './npmInstall.ts';
import { lookAtNpm } from './npmLook.ts';
import { lookAtPypi } from './pypi.ts';

const say = (word: Word) => new Promise<void>((resolve) => process.send?.(word, () => resolve()));

process.once('message', async (job: Job) => {
  const word = await done(job).catch((error): Word => ({ kind: 'refused', refusal: refusalOf(error) }));
  await say(word);
  process.disconnect?.();
});
// The daemon is gone, or wants nothing more: this ends, and whatever an install script left running in its group.
process.once('disconnect', () => {
  if (process.platform === 'win32') process.exit();
  process.kill(-process.pid, 'SIGKILL');
});

async function done(job: Job): Promise<Word> {
  if (job.kind === 'install') {
    await installNpm(job.installation, job.home, job.cache);
    return { kind: 'installed' };
  }
  const tell = (news: Extract<Word, { kind: 'progress' }>) => void say(news);
  const { wanted } = job;
  if (wanted.kind === 'npm') return { kind: 'looked', looked: toUnicode(await lookAtNpm(job, job.home, tell)) };
  const truth = wanted.kind === 'pypi' ? await lookAtPypi(wanted) : await lookAtImage(wanted);
  return {
    kind: 'looked',
    looked: { truth: toUnicode(truth), tree: null, notPinned: 'only npm packages run from the store so far' },
  };
}

function refusalOf(error: unknown) {
  if (error instanceof Refused) return error.refusal;
  return refusal('PACKAGE_UNAVAILABLE', error instanceof Error ? error.message : String(error));
}
