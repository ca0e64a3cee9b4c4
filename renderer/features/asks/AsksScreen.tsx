import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { Await } from '../../link/Await.tsx';
import { useLiveLink } from '../../link/LinkProvider.tsx';
import { useAsks, useStatus } from '../../link/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import { Page } from '../../ui/Page.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { ApprovalPageNote } from './ApprovalPageNote.tsx';
import { ForSomebodyElse } from './ForSomebodyElse.tsx';
import { OpenAsk } from './OpenAsk.tsx';
import { PastAsk } from './PastAsk.tsx';
import { SecondAsk } from './SecondAsk.tsx';

/** What waits for a person, and what was answered. This window lists and denies; it never approves. */
export function AsksScreen() {
  const open = useAsks(true);
  const all = useAsks(false);
  const [helping, setHelping] = useState(false);
  const halves = all.data?.filter(({ state }) => state === 'second') ?? [];
  return (
    <Page
      title="Asks"
      note="Questions that only a person may answer."
      actions={<Button onClick={() => setHelping(true)}>Approve for somebody else…</Button>}
    >
      <ForSomebodyElse open={helping} onClose={() => setHelping(false)} />
      <Where />
      <Panel title="Waiting" flush>
        <Await query={open} rows={2}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState icon={<Inbox size={20} />} title="Nothing waits for you">
                When a call needs your countersignature, it appears here and in front of your other windows.
              </EmptyState>
            ) : (
              <ul className="divide-y divide-line">
                {list.map((ask) => (
                  <OpenAsk key={ask.id} ask={ask} />
                ))}
              </ul>
            )
          }
        </Await>
      </Panel>
      {halves.length > 0 && (
        <Panel title="Waiting for a second person" flush>
          <ul className="divide-y divide-line">
            {halves.map((ask) => (
              <SecondAsk key={ask.id} ask={ask} />
            ))}
          </ul>
        </Panel>
      )}
      <Panel title="Answered" flush>
        <Await query={all}>
          {(list) => {
            const past = list.filter(({ state }) => state !== 'open' && state !== 'second');
            if (past.length === 0) return <p className="px-4 py-3 text-sm text-ink-faint">Nothing was asked yet.</p>;
            return (
              <ul className="divide-y divide-line">
                {past.map((ask) => (
                  <PastAsk key={ask.id} ask={ask} />
                ))}
              </ul>
            );
          }}
        </Await>
      </Panel>
    </Page>
  );
}

function Where() {
  const { kind } = useLiveLink();
  const mode = useStatus().data?.mode;
  if (mode === 'look-only') {
    return (
      <Note tone="warn" title="Nobody can approve here">
        This daemon was started without an app and without a passcode: calls that need an answer are refused.
      </Note>
    );
  }
  return mode === 'headless' && kind !== 'window' ? <ApprovalPageNote /> : null;
}
