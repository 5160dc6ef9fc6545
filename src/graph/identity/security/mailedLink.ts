import type { Services } from '../../core/services.ts';

/** The address of a page that takes a token out of a mail. */
export function mailedLink({ site }: Services, path: string, token: string): string {
  // Appended, not resolved: PUBLIC_URL may have a path of its own.
  const url = new URL(`${site.url()}${path}`);
  url.search = new URLSearchParams({ token }).toString();
  return url.href;
}
