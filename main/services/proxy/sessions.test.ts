import { expect, test } from 'vitest';
import { Refused } from '../../contract/errors.ts';
import { Sessions } from './sessions.ts';

test('of a name that nobody configured nothing is kept but the record of its refusal', async () => {
  const asked: string[] = [];
  const recorded: unknown[] = [];
  const sessions = new Sessions({
    switches: { stops: () => null },
    launch: {
      checkStartable(server: string) {
        throw new Refused('SERVER_UNKNOWN', server);
      },
    },
    supervisor: { stops: (server: string) => asked.push(server) },
    newId: () => 'id',
    recordIfPossible: (draft: unknown) => recorded.push(draft),
  } as unknown as ConstructorParameters<typeof Sessions>[0]);
  const client = { name: null, version: null, pid: 1, program: null };
  await expect(sessions.prepare('made-up', client)).rejects.toMatchObject({ refusal: { code: 'SERVER_UNKNOWN' } });
  expect(asked).toEqual([]);
  expect(recorded).toMatchObject([{ type: 'session', event: 'refused', server: 'made-up', code: 'SERVER_UNKNOWN' }]);
});
