import type { GrantChoice, GrantOffers } from '../../main/contract/grant.ts';
import { Select } from '../ui/Field.tsx';
import { choiceAt, grantSentence, lifeWords, reachWords } from '../ui/grantWords.ts';
import { VisibleText } from '../ui/VisibleText.tsx';
import { Part } from './Part.tsx';

const ONCE = -1;

/** How far a yes goes: once, or as a grant that is small and ends. */
export function GrantPart({
  tool,
  offers,
  grant,
  onGrant,
}: {
  tool: string;
  offers: GrantOffers;
  grant: GrantChoice | null;
  onGrant: (grant: GrantChoice | null) => void;
}) {
  const life = grant === null ? ONCE : offers.lives.indexOf(grant.life);
  const reach = grant === null ? 0 : offers.reaches.indexOf(grant.reach);
  return (
    <Part title="How far a yes goes">
      <div className="flex flex-wrap items-end gap-3">
        <Select
          label="Allow"
          value={String(life)}
          onChange={(event) => onGrant(choiceAt(offers, Number(event.target.value), reach))}
          options={[
            { value: String(ONCE), label: 'once' },
            ...offers.lives.map((one, index) => ({ value: String(index), label: lifeWords(one) })),
          ]}
        />
        {grant !== null && (
          <Select
            label="For"
            value={String(reach)}
            onChange={(event) => onGrant(choiceAt(offers, life, Number(event.target.value)))}
            options={offers.reaches.map((one, index) => ({ value: String(index), label: reachWords(one) }))}
          />
        )}
      </div>
      {grant !== null && (
        <p className="mt-1.5 text-sm text-ink-soft">
          <VisibleText text={grantSentence(tool, grant)} /> It ends by itself when the tool, its class or the launch
          changes, and can be revoked under Grants.
        </p>
      )}
    </Part>
  );
}
