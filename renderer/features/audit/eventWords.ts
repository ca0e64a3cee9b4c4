/** What a record says, in words and with a tone. */
import type { RecordType, RecordView } from '../../../main/contract/record.ts';
import type { Tone } from '../../ui/Badge.tsx';

const TYPES: Record<RecordType, string> = {
  daemon: 'Daemon',
  session: 'Session',
  lifecycle: 'Process',
  intent: 'Intent',
  outcome: 'Outcome',
  told: 'Told',
  refused: 'Refused',
  asked: 'Asked',
  answered: 'Answered',
  consent: 'Consent',
  pin: 'Tools',
  grant: 'Grant',
  policy: 'Policy',
  secret: 'Secret',
  switch: 'Switch',
  passcode: 'Passcode',
  approver: 'Second person',
  config: 'Configuration',
  sync: 'Collector',
  retention: 'Retention',
  export: 'Export',
  alarm: 'Alarm',
};

/** `Answered: denied`, `Outcome: ok`. */
export function eventWords(record: RecordView): string {
  return `${TYPES[record.type]}: ${record.event.replaceAll('-', ' ')}`;
}

/** Types by name for a filter. */
export const TYPE_OPTIONS = [
  { value: '', label: 'Every type' },
  ...Object.entries(TYPES).map(([value, label]) => ({ value, label })),
];

/** What the record means at a glance: bad for refusals and alarms, good for what went well. */
export function toneOf(record: RecordView): Tone {
  if (record.type === 'alarm' || record.type === 'refused') return 'bad';
  if (/den|fail|error|lost|void|broken|wrong|(?<!un)locked|removed|refus|not-written/.test(record.event)) return 'bad';
  if (/unknown|timed|changed|withdraw|held|killed/.test(record.event)) return 'warn';
  if (/approved|ok|accepted|given|set|revived|unlocked|on$/.test(record.event)) return 'good';
  if (record.type === 'asked') return 'accent';
  return 'quiet';
}
