import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that name a network; whoever has one address of it has them all. */
const NETWORK_GROUPS = 4;

/** What counts as one remote address: an IPv4 address, or a /64 network of IPv6. */
export function networkOf(address: string | undefined): string {
  const plain = (address ?? 'unknown').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = plain.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  const groups = [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, '').toLowerCase());
  return `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`;
}
