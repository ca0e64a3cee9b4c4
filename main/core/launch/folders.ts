/** Folders that a line goes into before it starts something: what it names is looked for there. */
import type { ReadOptions } from './options.ts';
import type { Reading } from './reading.ts';
import { programName, type Word } from './word.ts';

const INTO = /^(cd|chdir|pushd|(push|set)-location)$/;
const BACK = /^(popd|pop-location)$/;
/** Options of wrappers. */
const OPTION = /^--(chdir|cd|cwd|wd|directory|working-directory)$/;

/** What a shell's command of this kind changes; nothing for any other. */
export function changeFolder(reading: Reading, [first, ...words]: readonly Word[]): void {
  if (!first) return;
  const name = programName(first.text);
  const to = words.find(({ text }) => text === '-' || !/^(--?[a-z]*|\/d)$/i.test(text));
  if (BACK.test(name) || (INTO.test(name) && to?.text === '-')) leave(reading);
  else if (INTO.test(name)) reading.enter(to ?? { ...first, text: '~' });
}

/** The folder that a wrapper is told to start its program in; `letter` is an option that means one to this wrapper. */
export function folderOption(reading: Reading, options: ReadOptions['options'], letter: string | null): void {
  const folder = options.findLast(({ name }) => OPTION.test(name) || name === letter)?.value;
  if (folder) reading.enter(folder);
}

/** Back to where one was before, which may be any folder on the way or none: what is gone into by `cd` alone is on no stack. */
function leave(reading: Reading): void {
  const ways = reading.here.ways.flatMap((folders) => [
    folders.slice(0, -1),
    ...folders.map((_, at) => folders.slice(0, at)),
    folders,
  ]);
  reading.here = { ...reading.here, ways: [...new Map(ways.map((way) => [way.join('\0'), way])).values()] };
}
