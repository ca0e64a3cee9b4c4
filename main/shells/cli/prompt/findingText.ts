import { type LaunchFinding, placeText } from '../../../contract/launch.ts';
import type { Paint } from '../paint.ts';
import { visible } from '../visible.ts';

/** What was found in a launch, worst first: severity, place and the text it is about, then a sentence. */
export function findingText(
  { command, args }: { readonly command: string; readonly args: readonly string[] },
  findings: readonly LaunchFinding[],
  paint: Paint,
): string[] {
  return findings.flatMap(({ severity, where, span, message }) => {
    const tone = severity === 'severe' ? paint.bad : severity === 'warning' ? paint.warn : paint.dim;
    const argument = /^args\[(\d+)\]$/.exec(where)?.[1];
    const text = where === 'command' ? command : argument === undefined ? '' : (args[Number(argument)] ?? '');
    const about = text.slice(span.start, span.start + span.length);
    return [
      `${tone(severity)}  ${visible(message)}`,
      paint.dim(`  ${visible(placeText(where))}${about === '' ? '' : `: ${visible(about)}`}`),
    ];
  });
}
