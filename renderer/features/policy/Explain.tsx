import { type FormEvent, useState } from 'react';
import type { PolicyExplanation, PolicyQuery } from '../../../main/contract/policy.ts';
import { TOOL_CLASSES } from '../../../main/contract/tool.ts';
import { useServers } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { CLASS_WORDS, ClassBadge, VerdictBadge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Select, TextArea, TextInput } from '../../ui/Field.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { EMPTY_QUESTION, type Question, queryOf } from './question.ts';

const ACTIONS = [
  { value: 'call', label: 'Call the tool' },
  { value: 'read_resource', label: 'Read the resource' },
  { value: 'get_prompt', label: 'Get the prompt' },
];
const CLASSES = [
  { value: '', label: 'As reviewed' },
  ...TOOL_CLASSES.map((value) => ({ value, label: CLASS_WORDS[value].label })),
];

/** Why a request somebody has in mind would be allowed, asked or denied; nothing runs. */
export function Explain() {
  const servers = useServers();
  const [question, setQuestion] = useState(EMPTY_QUESTION);
  const explain = useAction((link, query: PolicyQuery) => link.policy.explain(query));
  const set = (change: Partial<Question>) => setQuestion({ ...question, ...change });
  const names = (servers.data ?? []).map(({ name }) => name);
  const server = question.server || (names[0] ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    explain.run(queryOf({ ...question, server }));
  };
  return (
    <Panel title="Ask the policy" note="What would happen to a request, and by which rule. Nothing runs.">
      <form onSubmit={submit} className="space-y-3">
        <div className="flex flex-wrap gap-3">
          <Select
            label="Server"
            options={names.map((value) => ({ value, label: value }))}
            value={server}
            onChange={(event) => set({ server: event.target.value })}
          />
          <Select
            label="Request"
            options={ACTIONS}
            value={question.action}
            onChange={(event) => set({ action: event.target.value as Question['action'] })}
          />
          <div className="min-w-56 flex-1">
            <TextInput
              mono
              label={question.action === 'read_resource' ? 'URI' : 'Name'}
              value={question.tool}
              onChange={(event) => set({ tool: event.target.value })}
            />
          </div>
        </div>
        {question.action !== 'read_resource' && (
          <TextArea
            mono
            rows={2}
            label="Arguments, as JSON"
            placeholder='{"path": "/etc/hosts"}'
            value={question.arguments}
            onChange={(event) => set({ arguments: event.target.value })}
          />
        )}
        <Suppose question={question} set={set} />
        <div className="flex items-center gap-3">
          <Button type="submit" busy={explain.busy} disabled={server === '' || question.tool === ''}>
            Explain
          </Button>
          {names.length === 0 && <p className="text-xs text-ink-faint">There is no server to ask about yet.</p>}
        </div>
      </form>
      {explain.refusal !== null && (
        <div className="mt-3">
          <ErrorState refusal={explain.refusal} />
        </div>
      )}
      {explain.result !== undefined && <Answer found={explain.result} />}
    </Panel>
  );
}

function Suppose({ question, set }: { question: Question; set: (change: Partial<Question>) => void }) {
  const field = (key: 'roles' | 'environment' | 'tenant' | 'region', label: string, placeholder: string) => (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={question[key]}
      onChange={(event) => set({ [key]: event.target.value })}
    />
  );
  return (
    <details className="rounded-md border border-line px-3 py-2">
      <summary className="cursor-pointer text-xs font-medium text-ink-soft">Suppose something else than is so</summary>
      <div className="grid gap-3 pt-3 sm:grid-cols-3">
        <Select
          label="Class"
          className="w-full"
          options={CLASSES}
          value={question.class}
          onChange={(event) => set({ class: event.target.value as Question['class'] })}
        />
        <TextInput
          type="datetime-local"
          label="Time"
          value={question.at}
          onChange={(event) => set({ at: event.target.value })}
        />
        {field('roles', 'Roles', 'lead, on-call')}
        {field('environment', 'Environment', 'production')}
        {field('tenant', 'Tenant', 'acme')}
        {field('region', 'Region', 'eu-central')}
      </div>
    </details>
  );
}

function Answer({ found }: { found: PolicyExplanation }) {
  return (
    <div role="status" className="mt-4 space-y-2 border-t border-line pt-3">
      <div className="flex flex-wrap items-center gap-2">
        <VerdictBadge value={found.verdict.decision} approvals={found.verdict.approvals} />
        <ClassBadge value={found.class} />
      </div>
      <p className="text-sm break-words">
        <VisibleText text={found.sentence} />
      </p>
      {found.risks.length > 0 && (
        <ul className="list-disc space-y-0.5 pl-5 text-xs text-ink-soft">
          {found.risks.map((risk) => (
            <li key={risk} className="break-words">
              <VisibleText text={risk} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
