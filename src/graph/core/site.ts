import { isIP, isIPv4, isIPv6 } from 'node:net';
import type { Config } from '../../config/config.ts';

/** Where people reach the server, for links in mails. */
export interface Site {
  /**
   * Scheme, host and port, such as `https://api.binboi.com`, with the path of PUBLIC_URL if it has one. Never from a
   * header: whoever asks for the reset of another person's password would choose where the token goes.
   */
  url(): string;
  /** The domain of addresses of its own, such as `noreply@…`; an IP address stands in brackets (RFC 5321, 4.1.3). */
  mailHost(): string;
  /** Tells the port once the server listens; PORT may be 0. */
  listensOn(port: number): void;
}

const wildcards = new Set(['0.0.0.0', '::', '']);

/** PUBLIC_URL, or without it the address that the server listens on. */
export function createSite({ publicUrl, host, port }: Pick<Config, 'publicUrl' | 'host' | 'port'>): Site {
  const name = wildcards.has(host) ? 'localhost' : isIPv6(host) ? `[${host}]` : host;
  let listening = port;
  const url = () => publicUrl ?? `http://${name}:${listening}`;
  return {
    url,
    mailHost() {
      const { hostname } = new URL(url());
      if (!isIP(hostname) && !hostname.startsWith('[')) return hostname;
      return isIPv4(hostname) ? `[${hostname}]` : hostname.replace('[', '[IPv6:');
    },
    listensOn(actual) {
      listening = actual;
    },
  };
}
