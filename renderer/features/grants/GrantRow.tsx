import type { Grant } from '../../../main/contract/grant.ts';
import { useAction } from '../../link/useAction.ts';
import { ClassBadge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { useNow } from '../../ui/Countdown.tsx';
import { lifeWords, reachWords } from '../../ui/grantWords.ts';
import { ErrorState } from '../../ui/States.tsx';
import { ago, shortTime } from '../../ui/time.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** One grant: how far, until when, who gave it and why, how often it was used, and the way to end it. */
export function GrantRow({ grant }: { grant: Grant }) {
  const now = useNow(30_000);
  const revoke = useAction((link) => link.grants.revoke({ id: grant.id }));
  const name = `${grant.server} › ${grant.tool}`;
  return (
    <li className="space-y-2 px-4 py-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1 space-y-0.5">
          <p className="flex items-center gap-2">
            <span className="font-mono text-sm font-semibold break-all">
              <VisibleText text={name} breaks={false} />
            </span>
            <ClassBadge value={grant.class} />
          </p>
          <p className="text-sm">
            <VisibleText text={capital(reachWords(grant.reach))} />, {endWords(grant, now)},{' '}
            <VisibleText text={forWhom(grant)} />
          </p>
          <p className="text-xs text-ink-faint">
            Given by <VisibleText text={grant.person} breaks={false} /> {ago(grant.givenAt, now)}, when asked: “
            <VisibleText text={grant.effect} />” ({grant.rule.id}) ·{' '}
            {grant.lastUsedAt === null ? 'never used' : `used ${times(grant.used)}, last ${ago(grant.lastUsedAt, now)}`}
          </p>
        </div>
        <Button
          size="sm"
          look="dangerPlain"
          busy={revoke.busy}
          aria-label={`Revoke the grant for ${name}`}
          onClick={() => revoke.run()}
        >
          Revoke
        </Button>
      </div>
      {revoke.refusal !== null && <ErrorState refusal={revoke.refusal} />}
    </li>
  );
}

function endWords({ life, until, used }: Grant, now: number): string {
  if (life.kind === 'uses') return `for ${life.uses - used} more`;
  return until === null ? lifeWords(life) : `until ${shortTime(until, now)}`;
}

function forWhom({ session, program }: Grant): string {
  return `for ${session === null ? 'every' : 'one'} session of ${program ?? 'a program that is not known'}`;
}

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
