/** A moment as policies see it. */

export interface PolicyTime {
  /** RFC 3339 UTC with milliseconds: what Cedar's `datetime` takes. */
  readonly at: string;
  /** Minutes of the local day, from 0. */
  readonly minutes: number;
  /** `monday` to `sunday`, of the local day. */
  readonly weekday: string;
  /** The local day, such as `2026-11-21`. */
  readonly date: string;
}

/** The moment `at` (RFC 3339) in an IANA time zone. Throws a `RangeError` for a moment or a zone that is none. */
export function policyTime(at: string, zone: string): PolicyTime {
  const moment = new Date(at);
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  return {
    at: moment.toISOString(),
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
    weekday: String(parts.weekday).toLowerCase(),
    date: `${parts.year}-${parts.month}-${parts.day}`,
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
}
