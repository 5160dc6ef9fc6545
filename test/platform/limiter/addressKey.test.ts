import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey } from '../../../src/platform/limiter/addressKey.ts';

describe('addressKey', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:cb00:7109', '203.0.113.9'],
    ['0:0:0:0:0:ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0:0:ffff::', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
    [' 203.0.113.9 ', '203.0.113.9'],
    ['', 'unknown'],
    ['203.0.113', 'unknown'],
    ['attacker; DROP', 'unknown'],
    ['2001:db8::1::2', 'unknown'],
  ])('%s is %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  it('is the same for all addresses of a /64, and differs between networks', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    const half = fc.tuple(group, group, group, group);
    const write = (a: number[], b: number[]) => [...a, ...b].map((g) => g.toString(16)).join(':');
    fc.assert(
      fc.property(half, half, half, half, (network, other, host, host2) => {
        const isOther = network.join() !== other.join();
        // ::ffff:0:0/96 are IPv4 addresses.
        fc.pre(network.some((g) => g !== 0) && other.some((g) => g !== 0));
        expect(addressKey(write(network, host))).toBe(addressKey(write(network, host2)));
        expect(addressKey(write(network, host)) !== addressKey(write(other, host))).toBe(isOther);
      }),
    );
  });
});
