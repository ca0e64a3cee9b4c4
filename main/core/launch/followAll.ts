/** Following the commands of a script, one after the other: which of them is the server, and where each of them runs. */
import { afterKeywords, type Group, groupsOf } from './groups.ts';
import { innermost, nameOf } from './innermost.ts';
import { isInterpreter, isShellsOwn } from './launchers.ts';
import type { Here, Reading } from './reading.ts';
import { assigned } from './readWords.ts';
import { ofNearest, type ShellCommand, type Subshell } from './shellScript.ts';
import type { Word } from './word.ts';

/** The last one that could be a server stays as the server; what comes before only prepares it. */
export function followAll(reading: Reading, commands: readonly ShellCommand[], depth: number): void {
  const outside = reading.launchers.length;
  const groups = groupsOf(commands);
  // Where each shell is by now.
  const left = new Map<Subshell | null, Here>([[null, reading.here]]);
  let served = false;
  for (const [index, command] of commands.entries()) {
    const { words, subshell, beside, defines } = command;
    reading.here = ofNearest(left, subshell) ?? reading.here;
    // A text that is fed to no shell is data.
    const inside = isInterpreter(nameOf(innermost(words))) ? command.inside : command.inside.filter((one) => !one.text);
    if (inside.length > 0) reading.aside(() => followAll(reading, inside, depth));
    const { here } = reading;
    const bare = defines ? [] : assigned(reading, afterKeywords(words));
    if (beside || (served && accompanies(command, bare))) {
      let then = reading.here;
      reading.aside(() => {
        reading.follow(bare, depth + 1);
        then = reading.here;
      });
      reading.here = then;
    } else if (bare.length > 0) {
      reading.launchers.length = outside;
      reading.package = null;
      reading.packageWord = null;
      reading.follow(bare, depth + 1);
      served ||= !isShellsOwn(bare[0]?.text ?? '');
    }
    // Only what the shell carries out itself changes where it is.
    const own = !bare[0] || isShellsOwn(bare[0].text);
    if (!own) reading.here = here;
    else if (isConditional(commands, index, groups.get(command) ?? null)) reading.here = either(reading.here, here);
    left.set(subshell, reading.here);
  }
  reading.here = left.get(null) ?? reading.here;
}

/** What shells do between servers, and programs that only lay out what another prints. */
const STARTS = /^(exec|command|builtin|eval|source|\.|call|start|start-process|saps)$/i;
const FILTERS =
  /^(tee|cat|grep|egrep|fgrep|sed|tr|cut|head|tail|jq|ts|sort|uniq|less|more|findstr|out-file|out-host)$/i;

/** Whether a command only stands beside the server that came before it. */
function accompanies({ joined }: ShellCommand, [first]: readonly Word[]): boolean {
  if (!first) return true;
  if (isShellsOwn(first.text)) return !STARTS.test(first.text);
  return /^\|&?$/.test(joined ?? '') && FILTERS.test(first.text);
}

/** Whether it may be that a command is not carried out, or in a shell of its own. */
function isConditional(commands: readonly ShellCommand[], index: number, group: Group | null): boolean {
  const before = commands[index]?.joined ?? '';
  const after = commands[index + 1]?.joined ?? '';
  return group !== null || /^(&&|\|\|?|\|&)$/.test(before) || /^(&|\|&?)$/.test(after);
}

/** Where one is if it cannot be known which of two places that is. */
function either(one: Here, other: Here): Here {
  const ways = [...one.ways, ...other.ways];
  const known = new Map(ways.map((way) => [way.join('\0'), way]));
  return { ...one, ways: [...known.values()], ownPath: one.ownPath || other.ownPath };
}
