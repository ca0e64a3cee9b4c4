/** What a person should know about a call's arguments before saying yes, in our words (SECURITY.md prompt rule 2). */
import type { CallFacts } from './facts.ts';
import type { ProtectedGroup } from './protected.ts';
import { shown } from './shown.ts';

/** More of one kind are counted, not listed. */
const LISTED = 3;

const PLACES: Readonly<Record<ProtectedGroup, string>> = {
  'client-configuration': 'the configuration of an AI client or editor',
  countersign: 'the folders of Countersign itself',
  credentials: 'keys or credentials',
  'git-hooks': 'files that make git run programs',
  'shell-startup': 'files that run at every login',
};

/** One sentence for each kind of risk in the arguments; empty when none was seen. */
export function riskReasons({ signs, places }: CallFacts): string[] {
  const reasons: string[] = [];
  const say = (begin: string, things: readonly string[], end = '.') => {
    if (things.length > 0) reasons.push(`${begin}${listed(things)}${end}`);
  };
  say(
    'It touches ',
    places.protected.map((group) => PLACES[group]),
  );
  say(
    'Links lead elsewhere: ',
    places.led.map(({ text, to }) => `${shown(text)} is ${shown(to)}`),
  );
  say('Where it leads could not be found out: ', places.uncertain.map(shown));
  const [only, ...others] = places.several;
  if (only && others.length === 0) {
    const any = listed(only.places.map(shown), ' or ');
    reasons.push(`Which place is meant, the server decides: ${shown(only.text)} may be ${any}.`);
  } else {
    say(
      'Which places are meant, the server decides: ',
      places.several.map(({ text }) => shown(text)),
    );
  }
  say('Begins with a dash, which programs take for an option: ', signs.options.map(shown));
  say('Holds characters that a shell acts on: ', signs.shell.map(shown));
  say(
    'The SQL in it says ',
    signs.sql.map((verb) => verb.toUpperCase()),
  );
  say('Too long to be looked through: ', signs.unread.map(shown));
  say('It names receivers: ', signs.recipients.map(shown));
  say('It names hosts: ', signs.hosts.map(shown));
  return reasons;
}

function listed(things: readonly string[], between = ', '): string {
  const more = things.length - LISTED;
  return things.slice(0, LISTED).join(between) + (more > 0 ? ` and ${more} more` : '');
}
