import type { GrantChoice, GrantOffers } from '../../main/contract/grant.ts';
import { Select } from '../ui/Field.tsx';
import { choiceAt, lifeWords, reachWords } from '../ui/grantWords.ts';

const ONCE = -1;

/** How far a yes goes: once, or as a grant that is small and ends. Beside the yes, so that both are read together. */
export function GrantChooser({
  offers,
  grant,
  onGrant,
}: {
  offers: GrantOffers;
  grant: GrantChoice | null;
  onGrant: (grant: GrantChoice | null) => void;
}) {
  const life = grant === null ? ONCE : offers.lives.indexOf(grant.life);
  const reach = grant === null ? 0 : offers.reaches.indexOf(grant.reach);
  return (
    <div className="flex items-center justify-end gap-2 text-xs text-ink-soft">
      <span aria-hidden="true">Allow</span>
      <Select
        bare
        small
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
          bare
          small
          label="For"
          className="min-w-0 max-w-72"
          value={String(reach)}
          onChange={(event) => onGrant(choiceAt(offers, life, Number(event.target.value)))}
          options={offers.reaches.map((one, index) => ({ value: String(index), label: reachWords(one) }))}
        />
      )}
    </div>
  );
}
