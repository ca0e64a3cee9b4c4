import type { AskSubject } from '../../../contract/ask.ts';
import { secretFacts } from '../../../contract/secretWords.ts';
import { columns } from '../columns.ts';
import type { Paint } from '../paint.ts';
import { visible } from '../visible.ts';
import { findingText } from './findingText.ts';
import { launchText } from './launchText.ts';

/** Everything that a yes about a secret agrees to, the command that makes it included. */
export function secretText(subject: Extract<AskSubject, { kind: 'secret' }>, paint: Paint): string[] {
  const { helper } = subject;
  return [
    ...columns(secretFacts(subject).map(([name, text]) => [paint.dim(name), visible(text)])),
    ...(helper ? ['', ...findingText(helper.launch, helper.findings, paint), ...launchText(helper.launch, paint)] : []),
  ];
}
