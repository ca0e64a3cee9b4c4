/** Times and durations as people write them. */

/** The calendar of the place where the person is. */
export interface Calendar {
  /** RFC 3339 UTC. */
  now(): string;
  /** The time that clocks here showed as this, RFC 3339 UTC; null when they never did. Months from 1. */
  local(year: number, month: number, day: number, hour: number, minute: number, second: number): string | null;
  /** What clocks here show at a time. `weekday` from 0, Sunday. */
  shown(at: string): { year: number; month: number; day: number; weekday: number };
}

/** A stretch of time up to its end: a day for a date, a microsecond otherwise. RFC 3339 UTC with microseconds, as records have it. */
export interface Stretch {
  readonly start: string;
  readonly end: string;
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const DAY_MS = 86_400_000;

/** Ten thousand years: longer ago no calendar has a day, and JavaScript no time. */
const LONGEST_MS = 10_000 * 365 * DAY_MS;

/** Milliseconds of `500ms`, `2s`, `1.5h`; null for anything else. */
export function durationOf(text: string): number | null {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/i.exec(text.trim()) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  if (number === undefined || factor === undefined) return null;
  const ms = Number(number) * factor;
  return ms <= LONGEST_MS ? ms : null;
}

/** What `yesterday`, `monday`, `2h` (ago), a date or a time means; null for anything else. */
export function stretchOf(text: string, calendar: Calendar): Stretch | null {
  const stretch = meantBy(text, calendar);
  if (stretch === null) return null;
  const start = toMicroseconds(stretch.start);
  return { start, end: stretch.end === stretch.start ? nextMicrosecond(start) : toMicroseconds(stretch.end) };
}

function meantBy(text: string, calendar: Calendar): Stretch | null {
  const word = text.trim().toLowerCase();
  const now = calendar.now();
  if (word === 'now') return { start: now, end: now };
  const ago = durationOf(word);
  if (ago !== null) return moment(new Date(Date.parse(now) - ago).toISOString());
  if (word === 'today') return dayBefore(0, calendar);
  if (word === 'yesterday') return dayBefore(1, calendar);
  const weekday = DAYS.indexOf(word);
  if (weekday >= 0) return dayBefore((calendar.shown(now).weekday - weekday + 7) % 7, calendar);
  return dateOf(word, calendar);
}

/** The day so many days ago, from midnight to midnight as clocks here show it. */
function dayBefore(days: number, calendar: Calendar): Stretch | null {
  const today = calendar.shown(calendar.now());
  // Noon: no clock is set forward or back by twelve hours.
  const noon = calendar.local(today.year, today.month, today.day, 12, 0, 0);
  if (noon === null) return null;
  return wholeDay(calendar.shown(new Date(Date.parse(noon) - days * DAY_MS).toISOString()), calendar);
}

function wholeDay(
  { year, month, day }: { year: number; month: number; day: number },
  calendar: Calendar,
): Stretch | null {
  const start = calendar.local(year, month, day, 0, 0, 0);
  const noon = calendar.local(year, month, day, 12, 0, 0);
  if (start === null || noon === null) return null;
  const next = calendar.shown(new Date(Date.parse(noon) + DAY_MS).toISOString());
  const end = calendar.local(next.year, next.month, next.day, 0, 0, 0);
  return end === null ? null : { start, end };
}

/** `2026-11-01`, `2026-11-01T12:30` as clocks here show it, or a whole RFC 3339 time. */
function dateOf(text: string, calendar: Calendar): Stretch | null {
  const [whole, year, month, day, hour, minute, second, fraction = '', zone] =
    /^(\d{4})-(\d{2})-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(z|[+-]\d{2}:\d{2})?)?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  if (zone !== undefined) {
    const at = Date.parse(whole.replace(' ', 't').toUpperCase());
    return Number.isNaN(at) ? null : moment(`${new Date(at).toISOString().slice(0, 19)}${fraction}Z`);
  }
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (hour === undefined) return wholeDay(date, calendar);
  const at = calendar.local(date.year, date.month, date.day, Number(hour), Number(minute), Number(second ?? 0));
  return at === null ? null : moment(at);
}

/** Times are compared as text: all have as many digits. */
function toMicroseconds(at: string): string {
  return at.replace(/(?:\.(\d+))?Z$/, (_, digits = '') => `.${digits.slice(0, 6).padEnd(6, '0')}Z`);
}

function nextMicrosecond(at: string): string {
  const micros = Number(at.slice(20, 26)) + 1;
  if (micros < 1_000_000) return `${at.slice(0, 20)}${String(micros).padStart(6, '0')}Z`;
  return toMicroseconds(new Date(Date.parse(`${at.slice(0, 19)}Z`) + 1000).toISOString());
}

function moment(at: string): Stretch {
  return { start: at, end: at };
}
