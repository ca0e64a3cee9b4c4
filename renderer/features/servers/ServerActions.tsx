import { Menu } from '@base-ui/react/menu';
import { Ellipsis, Play, RotateCw, Square } from 'lucide-react';
import { useState } from 'react';
import type { ServerSummary } from '../../../main/contract/server.ts';
import { go } from '../../app/usePlace.ts';
import type { Link } from '../../link/link.ts';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useAction } from '../../link/useAction.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { useToast } from '../../ui/Toast.tsx';

const ITEM = 'flex h-8 items-center rounded-md px-2.5 text-sm data-highlighted:bg-hover outline-none';

/** Start, stop, restart; behind the menu what is done rarely. */
export function ServerActions({ server }: { server: ServerSummary }) {
  const [removing, setRemoving] = useState(false);
  const name = server.name;
  const act = useAction((link, run: (link: Link) => Promise<unknown>) => run(link));
  const enable = useProposal((link) => link.servers.enable({ server: name }));
  const running = server.instances.some((instance) => instance.state !== 'stopped' && instance.state !== 'failed');
  const off = server.state === 'disabled';
  return (
    <>
      {off ? (
        <Button icon={<Play size={14} />} busy={enable.busy} onClick={() => enable.propose()}>
          Switch on
        </Button>
      ) : (
        <>
          {running ? (
            <Button
              icon={<Square size={13} />}
              busy={act.busy}
              onClick={() => act.run((link) => link.servers.stop({ server: name }))}
            >
              Stop
            </Button>
          ) : (
            <Button
              icon={<Play size={14} />}
              busy={act.busy}
              disabled={server.consent !== 'given'}
              onClick={() => act.run((link) => link.servers.start({ server: name }))}
            >
              Start
            </Button>
          )}
          <Button
            icon={<RotateCw size={13} />}
            disabled={server.consent !== 'given'}
            busy={act.busy}
            onClick={() => act.run((link) => link.servers.restart({ server: name }))}
          >
            Restart
          </Button>
        </>
      )}
      <Menu.Root>
        <Menu.Trigger
          aria-label={`More for ${name}`}
          className="grid size-8 place-items-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
        >
          <Ellipsis size={16} />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4}>
            <Menu.Popup className="min-w-48 rounded-lg border border-line bg-raised p-1 shadow-float outline-none">
              {!off && (
                <Menu.Item className={ITEM} onClick={() => act.run((link) => link.servers.disable({ server: name }))}>
                  Switch off
                </Menu.Item>
              )}
              <Menu.Item
                className={ITEM}
                disabled={server.consent !== 'given'}
                onClick={() => act.run((link) => link.servers.withdraw({ server: name }))}
              >
                Withdraw consent
              </Menu.Item>
              <Menu.Item className={`${ITEM} text-bad-ink`} onClick={() => setRemoving(true)}>
                Remove…
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <Dialog open={act.refusal !== null} onClose={act.reset} title="That did not happen">
        {act.refusal !== null && <ErrorState refusal={act.refusal} />}
      </Dialog>
      <Dialog
        open={enable.view !== null || enable.refusal !== null}
        onClose={enable.dismiss}
        title={`Switch ${name} on`}
      >
        <ProposalNotice proposal={enable} />
      </Dialog>
      <RemoveDialog name={name} open={removing} onClose={() => setRemoving(false)} />
    </>
  );
}

function RemoveDialog({ name, open, onClose }: { name: string; open: boolean; onClose: () => void }) {
  const toast = useToast();
  const remove = useAction(
    (link) => link.servers.remove({ server: name }),
    () => {
      go({ screen: 'servers' });
      toast({ tone: 'good', title: `${name} is removed`, text: 'What it did stays in the audit.' });
    },
  );
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Remove ${name}?`}
      note="Its sessions end, its consent and its accepted tools are forgotten. What it did stays in the audit."
      verb="Remove server"
      action={remove}
    />
  );
}
