/** Code that stands in the command line itself: what in it a person must see. */
import type { LaunchFinding } from '../../contract/launch.ts';
import { findingAt, type Word } from './word.ts';

export const CREDENTIALS =
  /\.(ssh\/|aws\/|gnupg|netrc|npmrc|git-credentials|kube\/config)|id_(rsa|ed25519)|\/etc\/shadow/i;
const ACTS =
  /child_process|\bexecSync|\bspawn|os\.(system|popen|exec)|subprocess|\beval\s*\(|\bexec\s*\(|Function\s*\(|__import__|shell_exec|\bsystem\s*\(/i;
/** A download that a pipe leads into a shell. */
const PIPED = /\b(curl|wget)\b[^|;&]{0,2000}\|\s*(sudo\s+)?\w*sh\b/i;
const FETCHES =
  /downloadstring|downloadfile|webclient|\biwr\b|\birm\b|invoke-(webrequest|restmethod)|fetch\s*\(|urlopen/i;
const EVALUATES = /\b(iex|invoke-expression|eval|exec|scriptblock)\b/i;
const HIDES = /base64|b64decode|atob\s*\(|fromCharCode|(\\x[0-9a-f]{2}){6}|codecs\.decode|marshal\.loads/i;
const REACHES = /https?:\/\/|fetch\s*\(|urllib|urlopen|requests\.|net\.connect|socket\./i;

/** Code given to an interpreter as an argument. */
export function inlineCode(code: Word): LaunchFinding[] {
  const bad =
    [ACTS, HIDES, REACHES].filter((pattern) => pattern.test(code.text)).length >= 2 ||
    runsDownload(code.text) ||
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

/** Whether a download goes straight into a shell or an evaluation in this text, in time that grows as the text does. */
export function runsDownload(text: string): boolean {
  return PIPED.test(text) || (FETCHES.test(text) && EVALUATES.test(text));
}

/** Whether this text is made so that nobody reads what it says. */
export function hides(text: string): boolean {
  return HIDES.test(text);
}
