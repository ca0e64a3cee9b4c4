/** The choices of a grant in words. */
import type { GrantChoice, GrantLife, GrantOffers, GrantReach } from '../../main/contract/grant.ts';

export function lifeWords(life: GrantLife): string {
  switch (life.kind) {
    case 'session':
      return 'until this session ends';
    case 'minutes':
      return `for ${life.minutes} minutes`;
    case 'uses':
      return `for ${life.uses} more calls`;
  }
}

export function reachWords(reach: GrantReach): string {
  switch (reach.kind) {
    case 'same':
      return 'exactly these values';
    case 'folder':
      return `any path inside ${reach.folder}`;
    case 'any':
      return 'any arguments';
  }
}

/** One sentence that says all a yes would allow. */
export function grantSentence({ life, reach }: GrantChoice): string {
  return `This call, and then this tool unasked ${lifeWords(life)}, with ${reachWords(reach)}.`;
}

/** The choice of these two places in the offers; null for once. The narrowest reach stands first. */
export function choiceAt(offers: GrantOffers, life: number, reach: number): GrantChoice | null {
  const [chosenLife, chosenReach] = [offers.lives[life], offers.reaches[reach]];
  return chosenLife === undefined || chosenReach === undefined ? null : { life: chosenLife, reach: chosenReach };
}
