/** A stretch of time as the search understands it, in the clock of this place: `after:2026-11-01T12:30:00 before:…`. */
export function rangeWords(after: Date, before: Date): string {
  return `after:${localTime(after)} before:${localTime(before)}`;
}

/** The text without its times, and with these. */
export function withRange(text: string, after: Date, before: Date): string {
  const rest = text.replaceAll(/(^|\s)(after|before|on|since|until):(?:"[^"]*"|\S+)/gi, '').trim();
  return [rest, rangeWords(after, before)].filter((part) => part !== '').join(' ');
}

function localTime(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${date}T${[two(at.getHours()), two(at.getMinutes()), two(at.getSeconds())].join(':')}`;
}
