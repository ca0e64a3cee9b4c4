import { expect, test } from 'vitest';
import type { FileChange } from '../../contract/change.ts';
import type { ToolClass } from '../../contract/tool.ts';
import { effectOf, effectSentence, undoText } from './effect.ts';

const effect = (tool: string, leaves: Record<string, string>, toolClass: ToolClass = 'write') =>
  effectOf({ server: 'files', tool, class: toolClass, leaves: new Map(Object.entries(leaves)) });

/** Tools as `@modelcontextprotocol/server-filesystem`, `-memory`, `@cyanheads/git-mcp-server`, `@playwright/mcp` and `@agent-infra/mcp-server-commands` list them. */
const REAL: readonly [tool: string, leaves: Record<string, string>, effect: string][] = [
  ['write_file', { '/path': '/tmp/x/notes.txt', '/content': 'Hellö' }, 'Write 6 bytes to /tmp/x/notes.txt'],
  ['create_directory', { '/path': '/tmp/x' }, 'Create the folder /tmp/x'],
  ['move_file', { '/source': '/a', '/destination': '/b' }, 'Move /a to /b'],
  [
    'create_entities',
    { '/entities/0/name': 'Ada', '/entities/0/entityType': 'person', '/entities/0/observations/0': 'counts' },
    'Create 1 entity: Ada',
  ],
  [
    'create_relations',
    { '/relations/0/from': 'Ada', '/relations/0/to': 'Babbage', '/relations/0/relationType': 'knows' },
    'Create 1 relation: Ada → Babbage',
  ],
  [
    'add_observations',
    {
      '/observations/0/entityName': 'Ada',
      '/observations/0/contents/0': 'counts',
      '/observations/0/contents/1': 'writes',
    },
    'Add 2 observations of Ada',
  ],
  ['delete_entities', { '/entityNames/0': 'Ada', '/entityNames/1': 'Babbage' }, 'Delete 2 entities: Ada, Babbage'],
  [
    'delete_observations',
    { '/deletions/0/entityName': 'Ada', '/deletions/0/observations/0': 'counts' },
    'Delete 1 observation of Ada',
  ],
  ['git_add', { '/path': '/r', '/paths/0': 'a', '/paths/1': 'b' }, 'Stage a, b in /r'],
  [
    'git_commit',
    { '/path': '/r', '/message': 'Count', '/noVerify': 'true' },
    'Commit “Count” in /r, without its hooks',
  ],
  [
    'git_branch',
    { '/path': '/r', '/mode': 'delete', '/branchName': 'main', '/force': 'true' },
    'Delete the branch main in /r, by force',
  ],
  [
    'git_branch',
    { '/path': '/r', '/mode': 'rename', '/branchName': 'a', '/newBranchName': 'b' },
    'Rename the branch a to b in /r',
  ],
  [
    'git_push',
    { '/path': '/r', '/remote': 'origin', '/branch': 'main', '/force': 'true' },
    'Push main to origin in /r, overwriting what is there',
  ],
  [
    'git_push',
    { '/path': '/r', '/remote': 'origin', '/branch': 'main', '/delete': 'true' },
    'Delete the branch main on origin, from /r',
  ],
  [
    'git_reset',
    { '/path': '/r', '/mode': 'hard', '/target': 'HEAD~3' },
    'Reset the branch to HEAD~3 in /r, dropping what is not committed',
  ],
  ['git_clean', { '/path': '/r', '/force': 'true' }, 'Delete files that git does not follow in /r'],
  ['git_checkout', { '/path': '/r', '/target': 'v1' }, 'Switch to v1 in /r'],
  ['git_clone', { '/url': 'https://h/r.git', '/path': '/r' }, 'Clone https://h/r.git into /r'],
  ['git_stash', { '/path': '/r', '/mode': 'clear' }, 'Delete every stash in /r'],
  ['git_tag', { '/path': '/r', '/mode': 'delete', '/tagName': 'v1' }, 'Delete the tag v1 in /r'],
  [
    'git_remote',
    { '/path': '/r', '/mode': 'set-url', '/name': 'origin', '/url': 'https://evil.example/r' },
    'Change the address of the remote origin to https://evil.example/r in /r',
  ],
  ['git_cherry_pick', { '/path': '/r', '/commits/0': 'abc' }, 'Take over 1 commit (abc) in /r'],
  ['browser_navigate', { '/url': 'https://example.com/a' }, 'Open a page of example.com: https://example.com/a'],
  ['browser_click', { '/element': 'Pay', '/target': 'e3' }, 'Click “Pay” in the browser'],
  [
    'browser_type',
    { '/element': 'Search', '/target': 'e3', '/text': 'tide', '/submit': 'true' },
    'Type “tide” into “Search” in the browser and send it',
  ],
  [
    'browser_evaluate',
    { '/function': '() => document.cookie' },
    'Run code in the browser’s page: () => document.cookie',
  ],
  ['browser_run_code_unsafe', { '/code': 'page.close()' }, 'Run code in the browser’s page: page.close()'],
  ['browser_file_upload', { '/paths/0': '/etc/passwd' }, 'Hand 1 file to the browser’s page: /etc/passwd'],
  ['run_command', { '/command': 'rm -rf /srv', '/cwd': '/srv' }, 'Run a shell command in /srv: rm -rf /srv'],
  ['run_script', { '/interpreter': 'python', '/script': 'print(1)' }, 'Run code with python: print(1)'],
];

test.each(REAL)('%s %o', (tool, leaves, expected) => {
  expect(effect(tool, leaves, 'external')).toBe(expected);
});

test('reading is told as reading once a person has accepted that it only reads', () => {
  expect(effect('read_text_file', { '/path': '/home/ada/.ssh/config' }, 'read-sensitive')).toBe(
    'Read /home/ada/.ssh/config',
  );
  expect(effect('search_files', { '/path': '/srv', '/pattern': '*.key' }, 'read')).toBe('Search /srv for “*.key”');
  expect(effect('read_text_file', { '/path': '/etc/hosts' }, 'external')).toBe(
    'Run read_text_file on server files with /etc/hosts',
  );
});

test('programs, queries, requests and messages name what runs, where to, and for whom', () => {
  expect(effect('exec', { '/command': 'npm', '/args/0': 'install', '/args/1': 'left-pad' })).toBe(
    'Run a program: npm install left-pad',
  );
  expect(effect('query', { '/query': 'DELETE FROM users' })).toBe('Run SQL: DELETE FROM users');
  expect(effect('fetch', { '/url': 'https://good.com@evil.com/x', '/method': 'post' })).toBe(
    'Send a POST request to evil.com: https://good.com@evil.com/x',
  );
  expect(effect('open_page', { '/url': 'https:\\\\evil.com\\@good.com/' })).toMatch(/^Open a page of evil.com: /);
  expect(effect('open_page', { '/url': 'javascript:alert(1)' })).toMatch(
    /^Open a javascript: address, which is content/,
  );
  expect(effect('send_mail', { '/to/0': 'a@b.org', '/cc/0': 'c@d.org', '/subject': 'Hi' })).toBe(
    'Send “Hi” to a@b.org and 1 more receiver',
  );
  expect(effect('verify', { '/code': '1234' })).toBe('Run verify on server files with 1 argument');
});

const text = (content: string) => ({ kind: 'text', text: content, bytes: content.length, version: '1' }) as const;
const change = (rest: Partial<FileChange>): string =>
  effectOf({
    server: 'files',
    tool: 'x',
    class: 'write',
    leaves: new Map(),
    changes: [{ act: 'write', path: '/w/a.md', before: text('a\n'), after: text('b\n'), lines: null, ...rest }],
  });

test('what becomes of a file is told from what it holds now', () => {
  expect(change({ before: { kind: 'absent' }, after: text('a\nb\n') })).toBe('Create /w/a.md (2 lines)');
  expect(change({ lines: { added: 12, removed: 12 } })).toBe('Overwrite /w/a.md (12 lines change)');
  expect(change({ lines: { added: 0, removed: 0 } })).toBe('Write /w/a.md again as it is');
  expect(change({ before: { kind: 'large', bytes: 3e6, version: '1' } })).toBe(
    'Overwrite /w/a.md (3000000 bytes now, 2 then)',
  );
  expect(change({ act: 'edit', lines: { added: 1, removed: 4 } })).toBe('Edit /w/a.md (1 line added, 4 removed)');
  expect(change({ act: 'append', lines: { added: 1, removed: 0 } })).toBe('Append to /w/a.md (1 line more)');
  expect(change({ act: 'delete' })).toBe('Delete /w/a.md (1 line)');
  expect(change({ act: 'delete', before: { kind: 'folder' } })).toBe('Delete the folder /w/a.md and what is in it');
  expect(change({ act: 'move', to: { path: '/w/b.md', before: text('b') } })).toBe(
    'Move /w/a.md to /w/b.md, which is there already',
  );
});

test('what has no known form is told plainly', () => {
  expect(effect('update_record', { '/deep/0/0/0': 'x' })).toBe('Run update_record on server files with 1 argument');
  expect(effect('write_file', { '/a': '1', '/b': '2' })).toBe('Run write_file on server files with 2 arguments');
  expect(effect('frobnicate', {})).toBe('Run frobnicate on server files with 0 arguments');
});

test('values cannot draw on the sentence', () => {
  expect(effect('delete_file', { '/path': '/tmp/\u202etxt.exe\n\u001b[2J\u{e0041}\u200b' })).toBe(
    'Delete /tmp/\\u{202e}txt.exe\\u{a}\\u{1b}[2J\\u{e0041}\\u{200b}',
  );
});

test('a long value shows both ends and how much is between', () => {
  const sentence = effect('delete_file', { '/path': `/begin/${'x'.repeat(1_000_000)}/end` });
  expect(sentence.length).toBeLessThan(220);
  expect(sentence).toMatch(/^Delete \/begin\/x+…\(\d+ more\)…x+\/end$/);
});

test('where it stands alone it names the tool and the server', () => {
  const leaves = new Map([['/path', '/etc/x']]);
  expect(effectSentence('files', 'delete_file', 'write', leaves)).toBe(
    'Delete /etc/x with delete_file on server files',
  );
  expect(effectSentence('files', 'frobnicate', 'write', leaves)).toBe('Run frobnicate on server files with /etc/x');
});

test('undoing promises nothing that is not kept', () => {
  expect(undoText('read')).toMatch(/^Nothing to undo/);
  expect(undoText('write')).toMatch(/only be undone by hand/);
  expect(undoText('external')).toMatch(/^One-way/);
});
