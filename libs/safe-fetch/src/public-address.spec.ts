import fc from 'fast-check';
import { isPublicAddress, lookupPublic, NotPublicError } from './public-address';

describe('an address', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::',
    'localhost',
    '',
  ])('%p is not of the public internet', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    '%p is',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it('is not public in any spelling of a private network', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const inside = fc.oneof(
      fc.tuple(fc.constant(10), octet, octet, octet),
      fc.tuple(fc.constant(127), octet, octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
    );
    fc.assert(
      fc.property(inside, (octets) => {
        const dotted = octets.join('.');
        expect(isPublicAddress(dotted)).toBe(false);
        expect(isPublicAddress(`::ffff:${dotted}`)).toBe(false);
      }),
    );
  });
});

describe('the look-up of a name', () => {
  it.each([true, false])('refuses one that leads home (all: %p)', async (all) => {
    const error = await new Promise((resolve) => {
      lookupPublic('localhost', { all }, resolve);
    });
    expect(error).toBeInstanceOf(NotPublicError);
  });

  it('passes on that a name does not exist', async () => {
    const error = await new Promise((resolve) => {
      lookupPublic('nowhere.invalid', {}, resolve);
    });
    expect(error).toMatchObject({ code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) as string });
  });
});
