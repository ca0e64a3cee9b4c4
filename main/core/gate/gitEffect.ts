import { isTrue, type Leaves, listed, many, only, quoted, someOf } from './effectWords.ts';
import { shown } from './shown.ts';
import { nameWords } from './verbs.ts';

/** What a git command does, from what the call hands to it; null for a tool that is not named for git, or for one that only looks. */
export function gitEffect(tool: string, leaves: Leaves, place: string | undefined): string | null {
  const [git, ...rest] = nameWords(tool);
  if (git !== 'git') return null;
  const text = (names: string) => {
    const found = only(leaves, names);
    return found === undefined ? undefined : shown(found);
  };
  const where = place === undefined ? '' : ` in ${place}`;
  const force = isTrue(leaves, 'force') || isTrue(leaves, 'forceWithLease') ? ', by force' : '';
  const mode = only(leaves, 'mode operation action') ?? '';
  const remote = text('remote') ?? 'its remote';
  switch (rest.join(' ')) {
    case 'add':
      return `Stage ${pathsOr(leaves, 'everything')}${where}`;
    case 'commit': {
      const message = only(leaves, 'message');
      const unchecked = isTrue(leaves, 'noVerify') ? ', without its hooks' : '';
      const what = message === undefined ? '' : ` ${quoted(message)}`;
      return `${isTrue(leaves, 'amend') ? 'Change the last commit to' : 'Commit'}${what}${where}${unchecked}`;
    }
    case 'push': {
      const branch = text('remoteBranch branch') ?? 'the current branch';
      if (isTrue(leaves, 'delete')) return `Delete the branch ${branch} on ${remote}, from ${place ?? 'here'}`;
      return `Push ${branch} to ${remote}${where}${force === '' ? '' : ', overwriting what is there'}`;
    }
    case 'pull':
      return `Pull ${text('branch') ?? 'the current branch'} from ${remote}${where}`;
    case 'fetch':
      return `Fetch from ${remote}${where}`;
    case 'clone':
      return `Clone ${text('url') ?? 'a repository'} into ${place ?? 'a folder'}`;
    case 'init':
      return `Make a repository${where}`;
    case 'branch':
    case 'tag':
    case 'worktree':
    case 'remote':
    case 'stash':
      return onThing(rest[0] ?? '', mode, leaves, where, force);
    case 'checkout':
      return `${isTrue(leaves, 'createBranch') ? 'Create and switch to' : 'Switch to'} ${text('target branch') ?? 'another state'}${where}${force === '' ? '' : ', dropping what is not committed'}`;
    case 'merge':
      return isTrue(leaves, 'abort') ? `Give up the merge${where}` : `Merge ${text('branch') ?? 'a branch'}${where}`;
    case 'rebase':
      return `Rebase ${text('branch') ?? 'the current branch'} on ${text('onto upstream') ?? 'its upstream'}${where}`;
    case 'cherry pick':
      return `Take over ${many(listed(leaves, 'commits').length, 'commit')} (${someOf(listed(leaves, 'commits'))})${where}`;
    case 'reset':
      return `Reset ${pathsOr(leaves, 'the branch')} to ${text('target') ?? 'HEAD'}${where}${mode === 'hard' ? ', dropping what is not committed' : ''}`;
    case 'clean':
      return `Delete files that git does not follow${where}${isTrue(leaves, 'ignored') ? ', ignored ones too' : ''}`;
    default:
      return null;
  }
}

const DOES: Readonly<Record<string, string>> = {
  create: 'Create',
  add: 'Add',
  delete: 'Delete',
  remove: 'Remove',
  rename: 'Rename',
  move: 'Move',
  'set-url': 'Change the address of',
  push: 'Put away changes as',
  pop: 'Bring back',
  apply: 'Bring back',
  drop: 'Delete',
  clear: 'Delete every',
  prune: 'Forget lost',
};

function onThing(noun: string, mode: string, leaves: Leaves, where: string, force: string): string {
  const does = DOES[mode];
  const name = only(leaves, `${noun}Name name branchName tagName worktreePath stashRef`);
  const what = `${noun}${name === undefined ? '' : ` ${shown(name)}`}`;
  if (does === undefined)
    return mode === '' || mode === 'list' ? `List each ${noun}${where}` : `Run git ${noun} ${shown(mode)}${where}`;
  const article = mode === 'clear' || mode === 'prune' ? '' : 'the ';
  const to = only(leaves, 'newBranchName newName newPath url');
  return `${does} ${article}${what}${to === undefined ? '' : ` to ${shown(to)}`}${where}${force}`;
}

function pathsOr(leaves: Leaves, otherwise: string): string {
  const paths = listed(leaves, 'paths');
  return paths.length === 0 ? otherwise : someOf(paths);
}
