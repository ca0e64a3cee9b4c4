/** Code and scripts that stand in the command line itself: what in them a person must see. */
import type { LaunchFinding } from '../../contract/launch.ts';
import { isInterpreter } from './launchers.ts';
import { programFindings } from './programs.ts';
import type { ShellCommand } from './shellScript.ts';
import { findingAt, programName, type Word } from './word.ts';

const FETCHER =
  /^(curl|wget|fetch|iwr|irm|invoke-webrequest|invoke-restmethod|aria2c|certutil|bitsadmin|start-bitstransfer)$/;
const RUNNER = /^(iex|invoke-expression|eval|source|\.|xargs|sudo|doas)$/;
const DECODER = /^(base64|openssl|xxd|uudecode|certutil)$/;
const STARTUP =
  /(\.(bashrc|zshrc|profile|bash_profile|zprofile|zshenv)|authorized_keys|LaunchAgents|autostart|cron\.\w+|crontab)/i;
const CREDENTIALS = /\.(ssh\/|aws\/|gnupg|netrc|npmrc|git-credentials|kube\/config)|id_(rsa|ed25519)|\/etc\/shadow/i;
const ACTS =
  /child_process|\bexecSync|\bspawn|os\.(system|popen|exec)|subprocess|\beval\s*\(|\bexec\s*\(|Function\s*\(|__import__|shell_exec|\bsystem\s*\(/i;
/** Code or text in which a download goes straight into a shell or an evaluation. */
const FETCHED_AND_RUN =
  /\b(curl|wget)\b[^|;&]*\|\s*(sudo\s+)?\w*sh\b|\b(iex|invoke-expression)\b[\s\S]*(downloadstring|downloadfile|webclient|\biwr\b|\birm\b|invoke-(webrequest|restmethod))|(downloadstring|\biwr\b|\birm\b|fetch\s*\(|urlopen)[\s\S]*\b(iex|invoke-expression|eval|exec)\b/i;
const HIDES = /base64|b64decode|atob\s*\(|fromCharCode|(\\x[0-9a-f]{2}){6}|codecs\.decode|marshal\.loads/i;
const REACHES = /https?:\/\/|fetch\s*\(|urllib|urlopen|requests\.|net\.connect|socket\./i;

/** Code given to an interpreter as an argument. */
export function inlineCode(code: Word): LaunchFinding[] {
  const bad =
    [ACTS, HIDES, REACHES].filter((pattern) => pattern.test(code.text)).length >= 2 ||
    FETCHED_AND_RUN.test(code.text) ||
    CREDENTIALS.test(code.text);
  return [
    bad
      ? findingAt(
          'inline-code',
          'severe',
          code,
          'This code, which no file or package holds, hides, fetches or starts something else.',
        )
      : findingAt('inline-code', 'warning', code, 'The code that runs stands here; no file or package holds it.'),
  ];
}

/** What the commands of a shell's script do together and one by one. */
export function scriptFindings(script: Word, commands: readonly ShellCommand[]): LaunchFinding[] {
  const found: LaunchFinding[] = commands.flatMap(commandFindings);
  if (
    FETCHED_AND_RUN.test(script.text) &&
    commands.some(({ words }) => /^(iex|invoke-expression)$/i.test(words[0]?.text ?? ''))
  )
    found.push(findingAt('download-run', 'severe', script, 'Whatever a web address answers is run at once, unseen.'));
  const names = commands.map(({ words }) => programName(words[0]?.text ?? ''));
  commands.forEach(({ words, joined }, index) => {
    const name = names[index] ?? '';
    const before = commands.slice(0, index);
    const substituted = /^(\$\(|`)/.test(words[0]?.text ?? '');
    const runs = isInterpreter(name) || RUNNER.test(name) || substituted;
    const inside = commands.slice(index + 1).filter((later) => later.joined === '$(' || later.joined === '|');
    const fetched = joined === '|' ? before : runs ? inside.filter((one) => one.joined === '$(') : [];
    const sources = fetched.map((one) => programName(one.words[0]?.text ?? ''));
    if (runs && sources.some((one) => FETCHER.test(one)))
      found.push(findingAt('download-run', 'severe', script, 'Whatever a web address answers is run at once, unseen.'));
    else if (runs && sources.some((one) => DECODER.test(one)))
      found.push(
        findingAt('encoded-run', 'severe', script, 'Encoded text is decoded and run, so that nobody can read it here.'),
      );
    else if (before.some((one) => fetches(one, words)))
      found.push(findingAt('download-run', 'severe', script, 'A file is downloaded and then run, unseen.'));
  });
  if (commands.some(({ joined }) => joined === '|'))
    found.push(findingAt('shell-pipeline', 'warning', script, 'A shell feeds one program’s output to another.'));
  else if (commands.length > 1)
    found.push(findingAt('shell-chain', 'warning', script, 'A shell runs several commands, not only the server.'));
  return found;
}

/** Whether this command downloads a file that these words then use. */
function fetches({ words, outputs }: ShellCommand, later: readonly Word[]): boolean {
  if (!FETCHER.test(programName(words[0]?.text ?? ''))) return false;
  const options = words.flatMap(({ text }, index) =>
    /^(-\w*[oO]|--output|--output-document|-OutFile)$/i.test(text) ? [words[index + 1]] : [],
  );
  const addresses = words.filter(({ text }) => /^https?:/i.test(text));
  const files = [...outputs, ...options, ...addresses]
    .map((word) => word?.text.split(/[/\\]/).at(-1) ?? '')
    .filter((file) => file !== '');
  return later.some(({ text }) => files.includes(text.split(/[/\\]/).at(-1) ?? ''));
}

function commandFindings({ words, outputs }: ShellCommand): LaunchFinding[] {
  const found: LaunchFinding[] = programFindings(words);
  for (const word of [...words, ...outputs]) {
    if (/^\/dev\/(tcp|udp)\//.test(word.text))
      found.push(findingAt('remote-shell', 'severe', word, 'A shell talks to the network by itself.'));
    else if (CREDENTIALS.test(word.text))
      found.push(findingAt('credential-files', 'severe', word, 'The command line reaches for credentials of yours.'));
  }
  for (const output of outputs)
    if (STARTUP.test(output.text))
      found.push(
        findingAt('persistence', 'severe', output, 'Something is written where it runs again at every login.'),
      );
  return found;
}
