import { Blocks } from 'lucide-react';
import { type ClientFile, type ClientsView, clientNames } from '../../../main/contract/client.ts';
import { Await } from '../../link/Await.tsx';
import { useClients } from '../../link/queries.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Note } from '../../ui/Note.tsx';
import { Page } from '../../ui/Page.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { EntryRow } from './EntryRow.tsx';
import { Projects } from './Projects.tsx';
import { SetupPanel } from './SetupPanel.tsx';

/** What every AI client on this machine launches, file by file, and whether it goes through us. */
export function ClientsScreen() {
  const clients = useClients();
  return (
    <Page title="Clients" note="What your AI clients launch, as their own configuration files say now.">
      <Await query={clients}>{(view) => <Files view={view} />}</Await>
    </Page>
  );
}

function Files({ view }: { view: ClientsView }) {
  return (
    <>
      <SetupPanel />
      {view.files.length === 0 && (
        <Panel>
          <EmptyState icon={<Blocks size={20} />} title="No AI client is set up here">
            None of the {view.known} clients we know has a configuration file on this account. Once one has, what it
            launches shows here.
          </EmptyState>
        </Panel>
      )}
      {view.files.map((file) => (
        <File key={file.path} file={file} />
      ))}
      <Projects projects={view.projects} unread={view.unread} />
    </>
  );
}

function File({ file }: { file: ClientFile }) {
  return (
    <Panel
      title={
        <span className="flex items-center gap-2">
          {clientNames(file)}
          {file.scope !== 'user' && <Badge>{file.scope === 'managed' ? 'administrator’s' : 'project'}</Badge>}
        </span>
      }
      note={
        <span className="font-mono break-all">
          <VisibleText text={file.path} />
        </span>
      }
      flush
    >
      {file.problem !== null && (
        <div className="p-4">
          <Note
            tone="warn"
            title={file.problem.line === null ? 'This file cannot be used' : `Line ${file.problem.line} cannot be read`}
          >
            <VisibleText text={file.problem.message} breaks={false} />. It is never written while that is so: correct
            it, and it shows here by itself.
          </Note>
        </div>
      )}
      {file.problem === null && file.entries.length === 0 && (
        <p className="px-4 py-3 text-sm text-ink-faint">No servers in this file.</p>
      )}
      <ul className="divide-y divide-line">
        {file.entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </ul>
    </Panel>
  );
}
