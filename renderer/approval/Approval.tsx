import type { OpenDoor, Where } from './door.ts';
import { Idle } from './Idle.tsx';
import { WithMark } from './Mark.tsx';
import { Prompt } from './Prompt.tsx';
import { alike, fromSession } from './queue.ts';
import { Unlock } from './Unlock.tsx';
import { useQueue } from './useQueue.ts';

/** The approval window: the vault's lock when it is locked, else one ask at a time, else nothing to decide. */
export function Approval({ where, open }: { where: Where; open: () => Promise<OpenDoor> }) {
  const { queue, waiting, door, status, lost, answered } = useQueue(open);
  if (door === null || status === null) return <Idle lost={lost} notice={null} />;
  if (status.keystore.state !== 'ready') return <Unlock door={door} keystore={status.keystore} />;
  return (
    <WithMark door={door}>
      {queue.current === null ? (
        <Idle lost={null} notice={queue.notice} />
      ) : (
        <Prompt
          key={queue.current.id}
          where={where}
          door={door}
          status={status}
          queue={queue}
          fromSession={fromSession(queue.current, waiting)}
          alike={alike(queue.current, waiting)}
          ask={queue.current}
          onAnswered={answered}
        />
      )}
    </WithMark>
  );
}
