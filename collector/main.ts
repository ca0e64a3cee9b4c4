import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import project from '../package.json' with { type: 'json' };
import { openapi } from './openapi.ts';
import { type Options, readOptions } from './options.ts';
import { openPlace, serve } from './serve.ts';
import { renewBootstrap } from './store/migrate.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);
const fault = (error: unknown) =>
  void process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);

const [action, options] = readOptions(process.argv.slice(2), process.env, project.version);
process.exitCode = await run(options).catch((error: Error) => {
  process.stderr.write(`countersign-collector: ${error.message}\n`);
  return 1;
});

async function run(given: Options): Promise<number> {
  if (action === 'openapi') print(JSON.stringify(await openapi(project.version), null, 2));
  else if (action === 'bootstrap') await bootstrap(given);
  else await serveUntilStopped(given);
  return 0;
}

async function bootstrap(given: Options): Promise<void> {
  const place = await openPlace(given);
  try {
    print(await renewBootstrap(place.install));
  } finally {
    await place.stop();
  }
}

async function serveUntilStopped(given: Options): Promise<void> {
  const stopped = Promise.withResolvers<void>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopped.resolve());
  const collector = await serve(given, consoleFolder(), fault);
  print(`Countersign collector on ${collector.url}`);
  if (collector.metricsUrl !== null) print(`Metrics on ${collector.metricsUrl}`);
  if (collector.bootstrap !== null)
    print(`Bootstrap token, which founds the first organisation and is not shown again: ${collector.bootstrap}`);
  print('Ready. Ctrl-C ends it in order.');
  await stopped.promise;
  await collector.stop();
}

/** Beside the bundle, or where the sources' build leaves it. */
function consoleFolder(): string {
  const folders = ['../renderer', '../dist/renderer'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return folders.find((folder) => existsSync(`${folder}/console.html`)) ?? (folders[0] as string);
}
