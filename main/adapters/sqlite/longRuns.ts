/** Long runs of letters without a sign between them: images, keys and files that stand inside of texts. */

/** From so many letters on it is none that anybody reads. */
const LONG = 256;
/** What is left of one: enough to know it by. */
const HEAD = 64;

/** Base64 in both its forms, and hexadecimal. */
const IN_RUN = Uint8Array.from({ length: 128 }, (_, unit) => (/[\w+/=-]/.test(String.fromCharCode(unit)) ? 1 : 0));

/** The text with the first letters alone of each long run of ASCII letters, digits and signs of base64. */
export function withoutLongRuns(text: string): string {
  const inRun = (at: number) => IN_RUN[text.charCodeAt(at)] === 1;
  let kept = '';
  let from = 0;
  // A run that is long has one of these places in it, so most of a text is not even looked at.
  for (let at = LONG - 1; at < text.length; at += LONG) {
    if (!inRun(at)) continue;
    let start = at;
    while (start > from && inRun(start - 1)) start -= 1;
    let end = at + 1;
    while (end < text.length && inRun(end)) end += 1;
    if (end - start < LONG) continue;
    kept += text.slice(from, start + HEAD);
    from = end;
    at = end - 1;
  }
  return kept + text.slice(from);
}
