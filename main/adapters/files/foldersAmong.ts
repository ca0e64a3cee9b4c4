/** Which paths are folders that are there, links followed. */
import { stat } from 'node:fs/promises';

export async function foldersAmong(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        (each) => each.isDirectory(),
        () => false,
      ),
    ),
  );
  return paths.filter((_, index) => found[index]);
}
