const first = Date.parse('0001-01-01T00:00:00.000Z');
const last = Date.parse('9999-12-31T23:59:59.999Z');

/** True for a moment that both engines can compare with: PostgreSQL fails on the year 0, and the year 10000 has no RFC 3339 form. */
export function isStorable(date: Date): boolean {
  return date.getTime() >= first && date.getTime() <= last;
}
