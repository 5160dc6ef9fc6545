import type { Config } from '../../../config/config.ts';

/** Contract 2, "Response headers on every response". */
export function headers({ openbin, trustProxy }: Config): Readonly<Record<string, string | null>> {
  const ancestors = openbin.frameAncestors ?? "'none'";
  return {
    'Content-Security-Policy': [
      "default-src 'self'",
      "img-src 'self' data: blob:",
      "worker-src 'self' blob:",
      "style-src 'self' 'unsafe-inline'",
      "script-src 'self' https://static.cloudflareinsights.com",
      "connect-src 'self' https://cloudflareinsights.com",
      `frame-ancestors ${ancestors}`,
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(self), microphone=(self), geolocation=()',
    // Browsers that know `frame-ancestors` ignore it; it could only say no where that says yes.
    'X-Frame-Options': openbin.frameAncestors ? null : 'DENY',
    ...(trustProxy !== false && { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' }),
  };
}
