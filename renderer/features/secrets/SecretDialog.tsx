import { type FormEvent, useState } from 'react';
import type { SecretCommand, SecretInfo, SecretScope } from '../../../main/contract/secret.ts';
import { useServers } from '../../link/queries.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select, TextInput } from '../../ui/Field.tsx';
import { FormEnd } from '../../ui/FormEnd.tsx';
import { isName, NameInput } from '../../ui/NameInput.tsx';
import { splitCommand } from '../../ui/splitCommand.ts';

export interface SecretWish {
  readonly kind: 'new' | 'rotate' | 'bind';
  readonly name: string;
  readonly scope: SecretScope;
  /** Null: the value is typed in the approval window. */
  readonly command: SecretCommand | null;
}

const TITLES = { new: 'Add a secret', rotate: 'Rotate', bind: 'Who gets' } as const;
const NOTES = {
  new: 'You type the value where approvals are answered, never in this window.',
  rotate: 'You type the new value where approvals are answered. What runs with the old one is stopped.',
  bind: 'Its value stays. Servers that may no longer have it are stopped.',
} as const;

/** A secret's name, where its value comes from, who gets it and until when. */
export function SecretDialog({
  writing,
  onClose,
  onWish,
}: {
  writing: { readonly kind: 'new' } | { readonly kind: 'rotate' | 'bind'; readonly secret: SecretInfo };
  onClose: () => void;
  onWish: (wish: SecretWish) => void;
}) {
  const { kind } = writing;
  const secret = kind === 'new' ? null : writing.secret;
  const [name, setName] = useState(secret?.name ?? '');
  const [source, setSource] = useState<'typed' | 'command'>(secret?.helper ? 'command' : 'typed');
  const [line, setLine] = useState(secret?.helper ? [secret.helper.command, ...secret.helper.args].join(' ') : '');
  const [servers, setServers] = useState<readonly string[] | null>(secret?.servers ?? null);
  const [environment, setEnvironment] = useState(secret?.environment ?? '');
  const [expires, setExpires] = useState(kind === 'bind' ? (secret?.expiresAt?.slice(0, 10) ?? '') : '');
  const [tried, setTried] = useState(false);
  const split = source === 'command' && kind !== 'bind' ? splitCommand(line) : null;

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!isName(name) || split?.ok === false) return;
    onWish({
      kind,
      name,
      scope: {
        servers: servers === null ? null : [...servers],
        environment: environment.trim() || null,
        expiresAt: expires === '' ? null : `${expires}T23:59:59.000000Z`,
      },
      command: split === null ? null : { command: split.command, args: [...split.args], env: variablesOf(secret) },
    });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={secret === null ? TITLES.new : `${TITLES[kind]} ${secret.name}`}
      note={NOTES[kind]}
    >
      <form onSubmit={submit} className="space-y-4">
        {kind === 'new' && <NameInput value={name} onValue={setName} tried={tried} placeholder="github-token" />}
        {kind !== 'bind' && (
          <Select
            label="Value"
            className="w-full"
            value={source}
            onChange={(event) => setSource(event.target.value === 'command' ? 'command' : 'typed')}
            options={[
              { value: 'typed', label: 'typed when I answer' },
              { value: 'command', label: 'made by a command, for credentials that do not live long' },
            ]}
          />
        )}
        {split !== null && (
          <TextInput
            label="Command"
            mono
            value={line}
            onChange={(event) => setLine(event.target.value)}
            placeholder="gh auth token"
            note={
              'Prints the value, or {"value": …, "expiresAt": …}. It runs without a shell, and you review it like a server.'
            }
            error={tried && !split.ok ? split.message : undefined}
          />
        )}
        <Servers chosen={servers} onChosen={setServers} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextInput
            label="Environment"
            value={environment}
            onChange={(event) => setEnvironment(event.target.value)}
            placeholder="production"
            maxLength={64}
          />
          {split === null && (
            <TextInput
              label="Expires"
              type="date"
              value={expires}
              onChange={(event) => setExpires(event.target.value)}
              note="You are reminded before."
            />
          )}
        </div>
        <FormEnd onCancel={onClose} verb="Continue" />
      </form>
    </Dialog>
  );
}

/** Those the command line gave to the command stay. */
function variablesOf(secret: SecretInfo | null): Record<string, string> {
  const own = secret?.helper?.variables.filter(({ source }) => source === 'literal') ?? [];
  return Object.fromEntries(own.map(({ name, shown }) => [name, shown ?? '']));
}

/** Every server that names it, or only those that are ticked. */
function Servers({
  chosen,
  onChosen,
}: {
  chosen: readonly string[] | null;
  onChosen: (servers: readonly string[] | null) => void;
}) {
  const known = useServers().data?.map(({ name }) => name) ?? [];
  const names = [...new Set([...known, ...(chosen ?? [])])].sort();
  return (
    <fieldset className="space-y-1.5">
      <legend className="text-xs font-medium text-ink-soft">Given to</legend>
      <label className="flex items-center gap-2 text-sm">
        <input type="radio" name="bound" checked={chosen === null} onChange={() => onChosen(null)} />
        any server that names it and that I agreed to
      </label>
      <label className="flex items-center gap-2 text-sm">
        <input type="radio" name="bound" checked={chosen !== null} onChange={() => onChosen([])} />
        only these
      </label>
      {chosen !== null && (
        <div className="ml-6 flex max-h-32 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
          {names.length === 0 && <p className="text-xs text-ink-faint">No servers yet: it is given to nobody.</p>}
          {names.map((server) => (
            <label key={server} className="flex items-center gap-1.5 text-sm">
              <input
                type="checkbox"
                checked={chosen.includes(server)}
                onChange={(event) =>
                  onChosen(event.target.checked ? [...chosen, server] : chosen.filter((one) => one !== server))
                }
              />
              {server}
            </label>
          ))}
        </div>
      )}
    </fieldset>
  );
}
