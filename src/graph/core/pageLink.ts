import type { Services } from './services.ts';

/** The address of one of the server's pages, for a mail. */
export function pageLink(
  { site }: Pick<Services, 'site'>,
  path: string,
  query: Readonly<Record<string, string>> = {},
): string {
  // Appended, not resolved: PUBLIC_URL may have a path of its own.
  const url = new URL(`${site.url()}${path}`);
  url.search = new URLSearchParams(query).toString();
  return url.href;
}
