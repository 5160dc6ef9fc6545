import { z } from 'zod';

const pattern = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** A time in an answer: `YYYY-MM-DD HH:MM:SS` in UTC. */
export const time = z.string().regex(pattern);

/** A time of the graph in the documented form. */
export function toTime(moment: string): string {
  return `${moment.slice(0, 10)} ${moment.slice(11, 19)}`;
}

/** The same where there may be none. */
export function toTimeOrNull(moment: string | null): string | null {
  return moment && toTime(moment);
}

/** There is no 30th of February, and no year 0 in the calendar of the databases. */
function isTimestamp(text: string): boolean {
  const date = new Date(`${text.replace(' ', 'T')}Z`);
  return !Number.isNaN(date.getTime()) && toTime(date.toISOString()) === text && text >= '0001';
}

/** A time in a body, as the graph takes it. */
export const timeInput = z
  .string('must be a time such as 2026-05-26 19:48:12, in UTC')
  .refine(
    (text) => pattern.test(text) && isTimestamp(text),
    'must be a time such as 2026-05-26 19:48:12, in UTC',
  )
  .transform((text) => `${text.replace(' ', 'T')}.000Z`);
