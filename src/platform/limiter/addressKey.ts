import { isIP } from 'node:net';

/**
 * The limiter's key of a client address: IPv4 as it is (also when it is written as IPv6), IPv6 by its /64, because one
 * customer has 2^64 addresses in it. Anything else shares the key `unknown`.
 */
export function addressKey(ip: string): string {
  const address = ip.trim().toLowerCase().split('%', 1)[0] ?? '';
  const family = isIP(address);
  if (family === 4) return address;
  if (family !== 6) return 'unknown';
  const groups = expandIPv6(address);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return dotted(groups[6] ?? 0, groups[7] ?? 0);
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight 16-bit numbers of a valid address. */
function expandIPv6(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const left = parseGroups(head);
  if (tail === undefined) return left;
  const right = parseGroups(tail);
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}

function parseGroups(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
