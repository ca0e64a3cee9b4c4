/** RFC 3339 UTC with microseconds, as the contract writes times; PostgreSQL's are read to the millisecond. */
export function timestampOf(time: Date): string {
  return `${time.toISOString().slice(0, -1)}000Z`;
}
