import { Plus, Server } from 'lucide-react';
import { useState } from 'react';
import { Await } from '../../link/Await.tsx';
import { useServers } from '../../link/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { AddServerDialog } from './AddServerDialog.tsx';
import { ServerRow } from './ServerRow.tsx';
import { SharedChanges } from './SharedChanges.tsx';

/** Every configured server with its state. */
export function ServersScreen() {
  const servers = useServers();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button look="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>
      Add server
    </Button>
  );
  return (
    <Page
      title="Servers"
      note="Programs that AI clients may use through Countersign."
      actions={servers.data?.length ? add : undefined}
    >
      <SharedChanges />
      <section aria-label="Servers" className="overflow-hidden rounded-xl border border-line bg-panel shadow-panel">
        <Await query={servers}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState icon={<Server size={20} />} title="No servers yet" action={add}>
                Add the command that starts one. You will see exactly what it runs before anything starts.
              </EmptyState>
            ) : (
              <ul className="divide-y divide-line">
                {list.map((server) => (
                  <ServerRow key={server.name} server={server} />
                ))}
              </ul>
            )
          }
        </Await>
      </section>
      <AddServerDialog open={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}
