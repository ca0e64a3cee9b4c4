/** What a request for content does, in our words, from the bytes that will run (SECURITY.md prompt rules 2 and 4). */
import type { PolicyAction } from '../policy/schema.ts';
import { shown } from './shown.ts';

/** One sentence: verb, object, place. `real` says where the paths of its arguments lead (JSON pointer → absolute path). */
export function contentEffect(
  action: Exclude<PolicyAction, 'call'>,
  server: string,
  what: string,
  real: ReadonlyMap<string, string>,
): string {
  const from = `server ${shown(server)}`;
  switch (action) {
    case 'read_resource': {
      const place = real.get('/uri');
      return place === undefined
        ? `Read the resource ${shown(what)} of ${from}`
        : `Read ${shown(place)} as a resource of ${from}`;
    }
    case 'get_prompt':
      return `Give the model the prompt ${shown(what)} of ${from}`;
    case 'complete_prompt':
      return `Have ${from} complete a value of its prompt ${shown(what)}`;
    case 'complete_resource':
      return `Have ${from} complete a value of its resource ${shown(what)}`;
  }
}
