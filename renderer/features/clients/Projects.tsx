import { type FormEvent, useState } from 'react';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useAction } from '../../link/useAction.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Button } from '../../ui/Button.tsx';
import { TextInput } from '../../ui/Field.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** Project folders whose client configuration is read, and those in which nothing is read before a person trusts them. */
export function Projects({ projects, unread }: { projects: readonly string[]; unread: readonly string[] }) {
  const trust = useProposal((link, folder: string) => link.clients.trust({ folder }));
  const forget = useAction((link, folder: string) => link.clients.forget({ folder }));
  const [folder, setFolder] = useState('');
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (folder.trim() === '') return;
    trust.propose(folder.trim());
    setFolder('');
  }
  return (
    <Panel
      title="Projects"
      note="A project may bring servers along. Nothing in its folder is read before you trust it, here or in the client."
      flush
    >
      <ul className="divide-y divide-line border-b border-line empty:hidden">
        {projects.map((path) => (
          <Row key={path} path={path} words="read">
            <Button size="sm" look="quiet" onClick={() => forget.run(path)}>
              Forget
            </Button>
          </Row>
        ))}
        {unread.map((path) => (
          <Row key={path} path={path} words="listed by a client, not read">
            <Button size="sm" onClick={() => trust.propose(path)}>
              Trust
            </Button>
          </Row>
        ))}
      </ul>
      <form onSubmit={submit} className="flex items-end gap-3 px-4 py-3">
        <div className="min-w-0 flex-1">
          <TextInput
            mono
            label="Folder of another project"
            placeholder="/home/you/project"
            value={folder}
            onChange={(event) => setFolder(event.target.value)}
          />
        </div>
        <Button type="submit" busy={trust.busy}>
          Trust
        </Button>
      </form>
      <div className="space-y-3 px-4 pb-3 empty:hidden">
        <ProposalNotice proposal={trust} />
        {forget.refusal !== null && <ErrorState refusal={forget.refusal} />}
      </div>
    </Panel>
  );
}

function Row({ path, words, children }: { path: string; words: string; children: React.ReactNode }) {
  return (
    <li className="flex items-center gap-3 px-4 py-2">
      <span className="min-w-0 flex-1 font-mono text-xs break-all">
        <VisibleText text={path} />
      </span>
      <span className="text-xs text-ink-faint">{words}</span>
      {children}
    </li>
  );
}
