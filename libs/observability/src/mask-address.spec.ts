import { maskAddress, maskAddressesIn } from './mask-address';

describe('maskAddress', () => {
  it.each([
    ['whatsapp:+9779800000001', 'whatsapp:+977********01'],
    ['+14155238886', '+141******86'],
    ['whatsapp:NP.1A2B3C4D', 'whatsapp:NP.1*****4D'],
    ['12345', '***'],
  ])('shows %s as %s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });
});

describe('maskAddressesIn', () => {
  it.each([
    [
      "The 'To' number whatsapp:+9779800000001 is not valid",
      "The 'To' number whatsapp:+977********01 is not valid",
    ],
    ['from +14155238886 to whatsapp:NP.1A2B3C4D', 'from +141******86 to whatsapp:NP.1*****4D'],
    ['whatsapp:+977********01', 'whatsapp:+977********01'],
    [
      'SM0123456789abcdef, 2026-11-21T06:00:00+05:45, +1 more',
      'SM0123456789abcdef, 2026-11-21T06:00:00+05:45, +1 more',
    ],
  ])('turns "%s" into "%s"', (text, masked) => {
    expect(maskAddressesIn(text)).toBe(masked);
  });
});
