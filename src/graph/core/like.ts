/**
 * A text for Prisma's `contains`, `startsWith` and `endsWith`, where `%` and `_` stand for
 * themselves: Prisma hands them to LIKE as they are, and there they match anything.
 */
export function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
