import { Inbox, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { askState } from '../../main/contract/ask.ts';
import { refusal } from '../../main/contract/errors.ts';
import { INSTANCE_STATES } from '../../main/contract/server.ts';
import { TOOL_CLASSES, toolState } from '../../main/contract/tool.ts';
import { SUBJECTS } from '../link/memory/asks.ts';
import { at, digestOf, NOON } from '../link/memory/ids.ts';
import { RECORDS } from '../link/memory/records.ts';
import { ArgumentList } from '../ui/ArgumentList.tsx';
import { AskBadge, Badge, ClassBadge, StateBadge, type Tone, ToolBadge, VerdictBadge } from '../ui/Badge.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { CommandLines } from '../ui/CommandLines.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Countdown } from '../ui/Countdown.tsx';
import { DiffView } from '../ui/DiffView.tsx';
import { Digest } from '../ui/Digest.tsx';
import { PasswordInput, SearchInput, Select, TextArea, TextInput } from '../ui/Field.tsx';
import { JsonTree } from '../ui/JsonTree.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { Note } from '../ui/Note.tsx';
import { Fact, Facts, Panel } from '../ui/Panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../ui/States.tsx';
import { StatusDot } from '../ui/StatusDot.tsx';
import { Table } from '../ui/Table.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { Timeline } from '../ui/Timeline.tsx';

const TONES: Tone[] = ['good', 'info', 'warn', 'bad', 'quiet', 'accent'];

/** Every component once, with its variants. */
export function Components() {
  const [tab, setTab] = useState('one');
  const policy = SUBJECTS.policy.files[0];
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-[1180px] grid-cols-2 gap-5 p-8">
        <h1 className="col-span-2 text-2xl font-semibold tracking-tight">Components</h1>
        <Panel title="Type">
          <p className="text-2xl font-semibold tracking-tight">Delete the repository</p>
          <p className="text-xl font-semibold">Servers</p>
          <p className="text-lg font-semibold">What will run</p>
          <p className="text-base">Body, fourteen on twenty-two</p>
          <p className="text-sm">Interface, thirteen on twenty</p>
          <p className="text-xs text-ink-soft">Note, twelve on eighteen</p>
          <p className="text-2xs text-ink-faint">Mark, eleven on sixteen</p>
          <p className="font-mono text-xs">npx -y @modelcontextprotocol/server-filesystem</p>
        </Panel>
        <Panel title="Buttons and keys">
          <div className="space-y-3">
            <Row>
              <Button look="primary" icon={<Plus size={15} />}>
                Primary
              </Button>
              <Button>Plain</Button>
              <Button look="quiet">Quiet</Button>
              <Button look="danger">Danger</Button>
              <Button look="dangerPlain">Danger, plain</Button>
            </Row>
            <Row>
              <Button look="primary" disabled>
                Off
              </Button>
              <Button disabled>Off</Button>
              <Button busy>Busy</Button>
              <Button size="sm">Small</Button>
              <Button size="lg" look="primary">
                Large <KeyHint onAccent keys={['Mod', '↵']} />
              </Button>
            </Row>
            <Row>
              <IconButton label="Add">
                <Plus size={15} />
              </IconButton>
              <CopyButton text="copied" />
              <KeyHint keys={['Mod', 'K']} />
              <KeyHint keys={['G', 'S']} />
            </Row>
          </div>
        </Panel>
        <Panel title="Badges and dots">
          <div className="space-y-2.5">
            <Row>
              {TOOL_CLASSES.map((value) => (
                <ClassBadge key={value} value={value} />
              ))}
            </Row>
            <Row>
              {TOOL_CLASSES.map((value) => (
                <ClassBadge key={value} value={value} large />
              ))}
            </Row>
            <Row>
              <VerdictBadge value="allow" />
              <VerdictBadge value="ask" />
              <VerdictBadge value="deny" />
            </Row>
            <Row>
              {INSTANCE_STATES.map((value) => (
                <StateBadge key={value} value={value} />
              ))}
            </Row>
            <Row>
              {askState.options.map((value) => (
                <AskBadge key={value} value={value} />
              ))}
            </Row>
            <Row>
              {toolState.options.map((value) => (
                <ToolBadge key={value} value={value} />
              ))}
            </Row>
            <Row>
              {TONES.map((tone) => (
                <span key={tone} className="flex items-center gap-1.5">
                  <StatusDot tone={tone} /> <Badge tone={tone}>{tone}</Badge>
                </span>
              ))}
            </Row>
          </div>
        </Panel>
        <Panel title="Fields">
          <div className="space-y-3">
            <TextInput label="Name" placeholder="files" note="What clients call it." />
            <TextInput label="Name, wrong" defaultValue="my files" error="A name has no blanks." />
            <PasswordInput label="Passcode" defaultValue="correct horse" />
            <TextArea label="Note" rows={2} defaultValue="Archive it instead." />
            <Row>
              <SearchInput label="Search" placeholder="Search" className="flex-1" />
              <Select bare label="Class" options={TOOL_CLASSES.map((value) => ({ value, label: value }))} />
            </Row>
          </div>
        </Panel>
        <div className="col-span-2 grid grid-cols-2 gap-5">
          <Note tone="good" title="Agreed: this is what runs">
            By mara, yesterday.
          </Note>
          <Note tone="info" title="Waiting in the approval window">
            Nothing changes until you answer there.
          </Note>
          <Note tone="warn" title="The launch has changed">
            Read the differences.
          </Note>
          <Note tone="bad" title="The ledger does not hold">
            Leaf 12 was altered.
          </Note>
        </div>
        <Panel title="Arguments">
          <ArgumentList items={SUBJECTS.hostile.arguments} />
        </Panel>
        <div className="space-y-5">
          <Panel title="Command">
            <CommandLines
              command="npx"
              args={[
                '-y',
                '@modelcontextprotocol/server-filesystem@2026.8.31',
                '/home/mara/My Documents',
                '',
                'pa\u200bth\u202e',
              ]}
            />
          </Panel>
          <Panel title="Text and digests">
            <div className="space-y-3">
              <CodeBlock name="Example" text={'{"name":"read_text_file","n":90071992547409931234}'} />
              <Digest value={digestOf(3)} />
            </div>
          </Panel>
          <Panel title="Time">
            <div className="space-y-3">
              <Countdown askedAt={at(-5)} deadline={at(40)} now={NOON} />
              <Countdown askedAt={at(-33)} deadline={at(12)} now={NOON} />
              <Countdown askedAt={at(-41)} deadline={at(4)} now={NOON} />
            </div>
          </Panel>
          <Panel title="JSON">
            <JsonTree
              name="Result"
              text={
                '{"content":[{"type":"text","text":"two\\nlines"}],"isError":false,"meta":{"took":7.4,"deep":{"a":{"b":1}}}}'
              }
            />
          </Panel>
        </div>
        <div className="col-span-2">
          {policy !== undefined && <DiffView name={policy.file} before={policy.before} after={policy.after} />}
        </div>
        <Panel title="Timeline and facts">
          <Timeline
            steps={[
              { key: '1', tone: 'accent', title: 'Asked: call', when: '12:00:01', body: 'A write needs one approval.' },
              { key: '2', tone: 'good', title: 'Answered: approved', when: '12:00:05', body: 'by mara (window)' },
              { key: '3', tone: 'quiet', title: 'Intent: forward', when: '12:00:05' },
              { key: '4', tone: 'good', title: 'Outcome: ok', when: '12:00:05', body: '7.4 ms' },
            ]}
          />
          <div className="mt-4 border-t border-line pt-4">
            <Facts>
              <Fact name="Rule">default/ask</Fact>
              <Fact name="Undo">One way.</Fact>
            </Facts>
          </div>
        </Panel>
        <Panel title="Tabs">
          <Tabs
            label="Example"
            value={tab}
            onChange={setTab}
            items={[
              { value: 'one', label: 'Overview', content: 'Overview' },
              { value: 'two', label: 'Tools', mark: <Badge tone="accent">2 to review</Badge>, content: 'Tools' },
              { value: 'three', label: 'Log', content: 'Log' },
            ]}
          />
        </Panel>
        <Panel title="Empty" flush>
          <EmptyState
            icon={<Inbox size={20} />}
            title="Nothing waits for you"
            action={<Button look="primary">Do the first thing</Button>}
          >
            When a call needs your countersignature, it appears here.
          </EmptyState>
        </Panel>
        <Panel title="Loading and refused">
          <LoadingState />
          <ErrorState
            refusal={refusal('LAUNCH_UNRESOLVED', 'npx: looked in /usr/bin, /usr/local/bin')}
            onRetry={() => {}}
          />
        </Panel>
        <div className="col-span-2 flex h-64 flex-col overflow-hidden rounded-xl border border-line bg-panel">
          <Table
            label="Example records"
            rows={RECORDS}
            keyOf={(record) => `example-${record.id}`}
            onOpen={() => {}}
            columns={[
              { key: 'seq', title: 'Leaf', width: '4rem', align: 'right', cell: (record) => record.seq },
              { key: 'type', title: 'Type', width: '8rem', cell: (record) => record.type },
              { key: 'tool', title: 'Tool', width: '1fr', cell: (record) => record.tool ?? '' },
            ]}
          />
        </div>
      </div>
    </main>
  );
}

function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2">{children}</div>;
}
