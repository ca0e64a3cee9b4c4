import { type FormEvent, useState } from 'react';
import { go } from '../../app/usePlace.ts';
import { useAction } from '../../link/useAction.ts';
import { CommandLines } from '../../ui/CommandLines.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextArea, TextInput } from '../../ui/Field.tsx';
import { FormEnd } from '../../ui/FormEnd.tsx';
import { isName, NameInput } from '../../ui/NameInput.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { secretReference } from '../../ui/secretReference.ts';
import { readEnvironment, splitCommand } from '../../ui/splitCommand.ts';

/** Adds a server. Adding starts nothing: the launch is reviewed next. */
export function AddServerDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Add a server"
      note="Nothing runs until you have reviewed and agreed to the launch."
    >
      <AddServerForm onClose={onClose} />
    </Dialog>
  );
}

function AddServerForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [line, setLine] = useState('');
  const [cwd, setCwd] = useState('');
  const [environment, setEnvironment] = useState('');
  const [tried, setTried] = useState(false);
  const split = splitCommand(line);
  const env = readEnvironment(environment);
  const add = useAction(
    (link, entry: { name: string; command: string; args: string[]; cwd: string; env: Record<string, string> }) =>
      link.servers.add({
        name: entry.name,
        entry: {
          command: entry.command,
          args: entry.args,
          env: entry.env,
          ...(entry.cwd === '' ? {} : { cwd: entry.cwd }),
        },
      }),
    (_, entry) => {
      onClose();
      go({ screen: 'server', server: entry.name, tab: 'launch' });
    },
  );

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!split.ok || env === undefined || !isName(name)) return;
    add.run({ name, command: split.command, args: [...split.args], cwd: cwd.trim(), env });
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <NameInput
        value={name}
        onValue={setName}
        tried={tried}
        placeholder="files"
        note="What clients call it: letters, digits, dot, dash, underscore."
      />
      <TextArea
        label="Command"
        mono
        rows={2}
        value={line}
        onChange={(event) => setLine(event.target.value)}
        placeholder="npx -y @modelcontextprotocol/server-filesystem@2026.8.31 ~/Documents"
        error={(tried || line !== '') && !split.ok ? split.message : undefined}
      />
      {split.ok && (
        <div className="space-y-1">
          <p className="text-xs font-medium text-ink-soft">Will run as, without a shell</p>
          <CommandLines command={split.command} args={split.args} />
        </div>
      )}
      <TextInput
        label="Working directory"
        mono
        value={cwd}
        onChange={(event) => setCwd(event.target.value)}
        placeholder="An empty folder of its own"
      />
      <TextArea
        label="Environment"
        mono
        rows={2}
        value={environment}
        onChange={(event) => setEnvironment(event.target.value)}
        placeholder={`GITHUB_TOKEN=${secretReference('github-token')}`}
        note={
          <>
            One NAME=value a line. Keep secrets in the keychain and refer to them as{' '}
            <code className="font-mono">{secretReference('NAME')}</code>.
          </>
        }
        error={env === undefined ? 'Each line is NAME=value.' : undefined}
      />
      {add.refusal !== null && <ErrorState refusal={add.refusal} />}
      <FormEnd onCancel={onClose} verb="Add and review" busy={add.busy} />
    </form>
  );
}
