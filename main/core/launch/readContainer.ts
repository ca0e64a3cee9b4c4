/** Launchers that run an image. */
import { CONTAINER_VALUES, containerFindings, ENGINE_VALUES } from './containers.ts';
import { isStarter } from './launchers.ts';
import { readOptions } from './options.ts';
import { imagePackage } from './packageSpec.ts';
import type { Reading } from './reading.ts';
import { programName, type Word } from './word.ts';

/** `docker run` and its like; other verbs start nothing new. */
export function readContainer(reading: Reading, name: string, words: readonly Word[]): void {
  const { options, rest: verb } = readOptions(words, ENGINE_VALUES);
  const elsewhere = options.find((one) => /^(-H|--host|-c|--context|--connection|--url)$/.test(one.name))?.value;
  if (elsewhere)
    reading.add(
      'other-machine',
      'warning',
      elsewhere,
      'The container runs where this points, maybe on another machine.',
    );
  if (verb[0]?.text === 'compose') {
    const file = readOptions(verb.slice(1), '-f --file -p --project-name --profile --env-file').options.find((one) =>
      /^(-f|--file)$/.test(one.name),
    )?.value;
    reading.add(
      'container-file',
      'warning',
      file ?? (verb[0] as Word),
      'What the containers are and reach stands in a file, not here.',
    );
    if (file) reading.starts('script', file);
  }
  const run = verb[0]?.text === 'container' ? verb.slice(1) : verb;
  if (run[0]?.text === 'exec') return readRunning(reading, name, run.slice(1));
  if (!/^(run|create)$/.test(run[0]?.text ?? '')) return;
  reading.launchers.push(name);
  const read = readOptions(run.slice(1), CONTAINER_VALUES);
  reading.report(containerFindings(read));
  const [image, ...inside] = read.rest;
  if (!image) return;
  reading.setPackage(imagePackage(image.text), image);
  const entrypoint = read.options.find((one) => one.name === '--entrypoint')?.value;
  const command = entrypoint ? [entrypoint, ...inside] : inside;
  if (!isStarter(programName(command[0]?.text ?? ''))) return;
  reading.aside(() => {
    reading.here = { ...reading.here, elsewhere: true };
    reading.follow(command, 1);
  });
}

/** A program in a container that is there already. */
function readRunning(reading: Reading, name: string, words: readonly Word[]): void {
  const [container, ...inside] = readOptions(words, '-e --env --env-file -u --user -w --workdir --detach-keys').rest;
  if (!container) return;
  reading.add(
    'other-machine',
    'warning',
    container,
    'It runs in a container that is there already, whatever that holds.',
  );
  reading.launchers.push(name);
  reading.here = { ...reading.here, elsewhere: true };
  reading.follow(inside, 1);
}
