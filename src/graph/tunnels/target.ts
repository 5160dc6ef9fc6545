const defaultTarget = 'http://localhost:3000';

/**
 * A tunnel's target in full: empty is port 3000 on localhost, digits are a port there, `http://`
 * may be left out (Binboi 4.2). Null when it is not an http address with host and port.
 */
export function normaliseTarget(text: string): string | null {
  const target = text.trim();
  if (target === '') return defaultTarget;
  const full = /^\d+$/.test(target)
    ? `http://localhost:${target}`
    : target.includes('://')
      ? target
      : `http://${target}`;
  const match = /^http:\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+):(\d{1,5})\/?$/i.exec(full);
  const port = Number(match?.[2]);
  return match && port >= 1 && port <= 65_535 ? `http://${match[1]?.toLowerCase()}:${port}` : null;
}
