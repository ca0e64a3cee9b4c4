import type { ReactNode } from 'react';
import type { AskState } from '../../main/contract/ask.ts';
import type { InstanceState } from '../../main/contract/server.ts';
import type { DefinitionKind, ToolClass, ToolState } from '../../main/contract/tool.ts';
import { CLASS_ICONS } from './classIcons.ts';
import { classNames } from './classNames.ts';

export type Tone = 'good' | 'info' | 'warn' | 'bad' | 'quiet' | 'accent';

const TONES: Record<Tone, string> = {
  good: 'bg-good-soft text-good-ink',
  info: 'bg-info-soft text-info-ink',
  warn: 'bg-warn-soft text-warn-ink',
  bad: 'bg-bad-soft text-bad-ink',
  quiet: 'bg-quiet-soft text-quiet-ink',
  accent: 'bg-accent-soft text-accent-ink',
};

/** A small word with a tint; the word carries the meaning, the tint only helps. */
export function Badge({
  tone = 'quiet',
  large,
  children,
  title,
}: {
  tone?: Tone;
  large?: boolean;
  children: ReactNode;
  title?: string | undefined;
}) {
  return (
    <span
      title={title}
      className={classNames(
        'inline-flex items-center gap-1 rounded-sm align-middle font-medium whitespace-nowrap',
        large ? 'h-6 px-2 text-xs' : 'h-5 px-1.5 text-2xs',
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}

/** What each class means to a person who decides. */
export const CLASS_WORDS: Record<ToolClass, { tone: Tone; label: string; means: string }> = {
  read: { tone: 'good', label: 'Read', means: 'Only reads. Runs without asking once accepted.' },
  'read-sensitive': { tone: 'info', label: 'Read, sensitive', means: 'Only reads, but what it reads may be private.' },
  write: { tone: 'warn', label: 'Write', means: 'Changes files or records.' },
  external: { tone: 'bad', label: 'External', means: 'Reaches outside, or cannot be taken back.' },
};

/** The class of a tool. */
export function ClassBadge({ value, large = false }: { value: ToolClass; large?: boolean }) {
  const { tone, label, means } = CLASS_WORDS[value];
  const Icon = CLASS_ICONS[value];
  return (
    <Badge tone={tone} large={large} title={means}>
      <Icon aria-hidden="true" size={large ? 14 : 12} />
      {label}
    </Badge>
  );
}

const DECISIONS: Record<'allow' | 'ask' | 'deny', { tone: Tone; label: string }> = {
  allow: { tone: 'good', label: 'Allowed' },
  ask: { tone: 'accent', label: 'Asked' },
  deny: { tone: 'bad', label: 'Denied' },
};

/** What the gate decided, and of how many people it asks where that is known. */
export function VerdictBadge({ value, approvals }: { value: 'allow' | 'ask' | 'deny'; approvals?: number }) {
  const of = value === 'ask' && approvals === 2 ? ' of two people' : '';
  return (
    <Badge tone={DECISIONS[value].tone}>
      {DECISIONS[value].label}
      {of}
    </Badge>
  );
}

export const STATE_WORDS: Record<InstanceState, { tone: Tone; label: string }> = {
  stopped: { tone: 'quiet', label: 'Stopped' },
  'consent-needed': { tone: 'accent', label: 'Consent needed' },
  starting: { tone: 'info', label: 'Starting' },
  ready: { tone: 'good', label: 'Ready' },
  unhealthy: { tone: 'warn', label: 'Unhealthy' },
  'backing-off': { tone: 'warn', label: 'Backing off' },
  failed: { tone: 'bad', label: 'Failed' },
  quarantined: { tone: 'bad', label: 'Quarantined' },
  disabled: { tone: 'quiet', label: 'Switched off' },
};

/** The state of a server or an instance. */
export function StateBadge({ value }: { value: InstanceState }) {
  return <Badge tone={STATE_WORDS[value].tone}>{STATE_WORDS[value].label}</Badge>;
}

export const ASK_WORDS: Record<AskState, { tone: Tone; label: string }> = {
  open: { tone: 'accent', label: 'Open' },
  second: { tone: 'warn', label: 'Second person' },
  approved: { tone: 'good', label: 'Approved' },
  denied: { tone: 'bad', label: 'Denied' },
  'timed-out': { tone: 'warn', label: 'Timed out' },
  withdrawn: { tone: 'quiet', label: 'Withdrawn' },
};

/** What became of an ask. */
export function AskBadge({ value }: { value: AskState }) {
  return <Badge tone={ASK_WORDS[value].tone}>{ASK_WORDS[value].label}</Badge>;
}

const TOOL_WORDS: Record<ToolState, { tone: Tone; label: string }> = {
  accepted: { tone: 'good', label: 'Accepted' },
  new: { tone: 'accent', label: 'New' },
  changed: { tone: 'warn', label: 'Changed' },
  gone: { tone: 'quiet', label: 'Gone' },
};

/** Where a tool stands in the review. */
export function ToolBadge({ value }: { value: ToolState }) {
  return <Badge tone={TOOL_WORDS[value].tone}>{TOOL_WORDS[value].label}</Badge>;
}

/** What kind of definition it is, as its own name. */
export const KIND_LABELS: Record<DefinitionKind, string> = {
  tool: 'Tool',
  prompt: 'Prompt',
  template: 'Resource template',
  instructions: 'Instructions',
  identity: 'Identity',
};
