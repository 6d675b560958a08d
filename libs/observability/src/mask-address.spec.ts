import { maskAddress } from './mask-address';

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
