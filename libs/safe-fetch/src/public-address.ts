import { type LookupAddress, lookup, type LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';

type Family = 'ipv4' | 'ipv6';

function networks(family: Family, list: readonly (readonly [string, number])[]): BlockList {
  const found = new BlockList();
  for (const [network, bits] of list) {
    found.addSubnet(network, bits, family);
  }
  return found;
}

/** IANA's special-purpose registry: this network, private, shared, loopback, link-local, tests, multicast, reserved. */
const special4 = networks('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);

/** All that is routed; mapped and translated IPv4 lies outside of it. */
const global6 = networks('ipv6', [['2000::', 3]]);

/** Inside of it: protocol assignments with Teredo, documentation, and 6to4, which wraps any IPv4 address. */
const special6 = networks('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

/** Whether an address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special4.check(address, 'ipv4');
    case 6:
      return !address.includes('%') && global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
    default:
      return false;
  }
}

/** A name leads into a network that nobody outside may make us look into. */
export class NotPublicError extends Error {
  constructor(hostname: string) {
    super(`${hostname} has an address that is not public`);
  }
}

/**
 * Name look-up of a connection: what it answers is what is connected to, so a name cannot change its mind between check
 * and use. One address that is not public spoils all of them.
 */
export function lookupPublic(
  hostname: string,
  options: LookupOptions,
  done: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    // With an error there is no list at all.
    const [first] = error ? [] : addresses;
    if (!first) {
      done(error ?? new Error(`${hostname} has no address`), []);
    } else if (!addresses.every(({ address }) => isPublicAddress(address))) {
      done(new NotPublicError(hostname), []);
    } else if (options.all) {
      done(null, addresses);
    } else {
      done(null, first.address, first.family);
    }
  });
}
