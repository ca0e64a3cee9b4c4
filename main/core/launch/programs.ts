/** Programs that are dangerous by what they are and what they are told, wherever they stand. */
import type { LaunchFinding } from '../../contract/launch.ts';
import { findingAt, programName, type Word } from './word.ts';

/** Parts of systems that run what they are pointed at (the LOLBAS project lists those of Windows). */
const RUNS_ANYTHING =
  /^(mshta|rundll32|regsvr32|wscript|cscript|msbuild|installutil|regasm|regsvcs|forfiles|pcalua|wmic|msiexec|cmstp|conhost|odbcconf|presentationhost|ld(-linux[\w-]*)?\.so[.\d]*)$/;
/** AI command lines, and the short options with which they ask nobody; long ones are known whoever takes them. */
const AGENTS: readonly { readonly name: RegExp; readonly option: RegExp }[] = [
  { name: /^(gemini(-cli)?|qwen(-code)?)(@.*)?$/, option: /^-y$/ },
  { name: /^cursor-agent$/, option: /^(-f|--force)$/ },
  { name: /^codex(@.*)?$/, option: /^(-a never|-s danger-full-access)$/ },
  {
    name: /^(codex|droid|aider|goose|copilot|opencode)(@.*)?$/,
    option: /^(--full-auto|--auto|--yes-always|--yes|--allow-all-tools)$/,
  },
];

/** Of a command and its words. */
export function programFindings(words: readonly Word[]): LaunchFinding[] {
  const [first, ...rest] = words;
  if (!first) return [];
  const name = programName(first.text);
  const found: LaunchFinding[] = [];
  const add = (id: string, severity: LaunchFinding['severity'], word: Word, message: string) =>
    found.push(findingAt(id, severity, word, message));
  if (RUNS_ANYTHING.test(name))
    add('system-loader', 'severe', first, 'A part of the system that runs whatever file or address it is pointed at.');
  for (const word of name === 'java' || name === 'javaw' ? rest : [])
    if (/^-(javaagent:|agentlib:|agentpath:|Xbootclasspath)/.test(word.text))
      add('loader-option', 'severe', word, 'Other code is loaded into the server, or it is opened to a debugger.');
  if (/^(nc|ncat|netcat)$/.test(name) && rest.some(({ text }) => /^-\w*[ec]$/.test(text)))
    add('remote-shell', 'severe', first, 'A shell is given to whoever answers over the network.');
  if (name === 'socat' && rest.some(({ text }) => /^(EXEC|SYSTEM):/i.test(text)))
    add('remote-shell', 'severe', first, 'A shell is given to whoever answers over the network.');
  if (name === 'rm' && rest.some(({ text }) => /^-\w*r/i.test(text)))
    add('destroys', 'severe', first, 'Files are deleted before or beside the server.');
  if (name === 'dd' && rest.some(({ text }) => text.startsWith('of=/dev/')))
    add('destroys', 'severe', first, 'A disk is written over before or beside the server.');
  if (
    /^(crontab|schtasks|launchctl)$/.test(name) ||
    (name === 'systemctl' && rest.some(({ text }) => /^(enable|link|edit)$/.test(text))) ||
    (name === 'reg' && rest.some(({ text }) => /\\Run(Once)?$/i.test(text)))
  )
    add('persistence', 'severe', first, 'Something is made to run again by itself.');
  if (/^(ssh|plink|kubectl|vagrant)$/.test(name))
    add('other-machine', 'info', first, 'The server runs on another machine, where nothing is held or checked.');
  if (
    /^(make|gmake|just|rake)$/.test(name) ||
    /^((cargo|dotnet|swift|mix|mise) run|go run (\..*|.*\.go))$/.test(
      [name, ...rest.slice(0, name === 'go' ? 2 : 1).map(({ text }) => text)].join(' '),
    )
  )
    add('workspace-program', 'warning', first, 'What runs is written in a file of the working directory.');
  if (name === 'go' && rest[0]?.text === 'run' && rest.some(({ text }) => /^[\w-]+(\.[\w-]+)+\/.*@/.test(text)))
    add('other-source', 'warning', first, 'Code is fetched from an address, and built and run at once.');
  for (const { name: agent, option } of AGENTS)
    for (const [index, word] of agent.test(name) ? rest.entries() : [])
      if (option.test(word.text) || option.test(`${rest[index - 1]?.text} ${word.text}`))
        add('agent-permission', 'severe', word, 'An agent is started that asks nobody before it acts.');
  return found;
}
