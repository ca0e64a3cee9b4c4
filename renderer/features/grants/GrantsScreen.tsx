import { ShieldCheck } from 'lucide-react';
import { Await } from '../../link/Await.tsx';
import { useGrants } from '../../link/queries.ts';
import { Page } from '../../ui/Page.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { GrantRow } from './GrantRow.tsx';
import { StopEverything } from './StopEverything.tsx';
import { StoppedPanel } from './StoppedPanel.tsx';

/** What runs unasked because a person said so, and what does not run at all for the same reason. */
export function GrantsScreen() {
  const grants = useGrants();
  return (
    <Page
      title="Grants and stops"
      note="A grant lets calls through unasked, within what was chosen. A stop refuses them, whatever else is allowed."
      actions={<StopEverything />}
    >
      <Panel title="Grants in force" flush>
        <Await query={grants} rows={2}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState icon={<ShieldCheck size={20} />} title="No grants">
                Every call that asks is asked about. A grant can be given with an answer in the approval window.
              </EmptyState>
            ) : (
              <ul className="divide-y divide-line">
                {list.map((grant) => (
                  <GrantRow key={grant.id} grant={grant} />
                ))}
              </ul>
            )
          }
        </Await>
      </Panel>
      <StoppedPanel />
    </Page>
  );
}
