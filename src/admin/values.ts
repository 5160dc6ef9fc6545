import { Plan } from '../generated/sqlite/client.ts';
import { UsageError } from './failures.ts';

/** A plan by its name in any case. Throws UsageError for any other text. */
export function planOf(text: string): Plan {
  const plan = Object.values(Plan).find((candidate) => candidate === text.toUpperCase());
  if (!plan) throw new UsageError(`PLAN must be one of ${Object.values(Plan).join(', ')}.`);
  return plan;
}

/** `true` or `false`. Throws UsageError for any other text. */
export function truthOf(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new UsageError('Say true or false.');
  return text === 'true';
}

/** A whole number written in digits; its range is the graph's to judge. Throws UsageError for any other text. */
export function wholeNumberOf(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${option} must be a whole number.`);
  return Number(text);
}
