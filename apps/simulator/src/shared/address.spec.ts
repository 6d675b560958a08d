import { isPhoneNumber, isWhatsappAddress, toWhatsappAddress } from './address';

describe('WhatsApp addresses', () => {
  it.each(['whatsapp:+9779800000001', 'whatsapp:NP.1A2B3C', 'whatsapp:NP.ENT.1A2B3C'])(
    'accepts %s',
    (address) => {
      expect(isWhatsappAddress(address)).toBe(true);
    },
  );

  it.each([
    '+9779800000001',
    'whatsapp:9779800000001',
    'whatsapp:+0123',
    'whatsapp:np.1',
    'whatsapp:',
    'sms:+9779800000001',
  ])('refuses %s', (address) => {
    expect(isWhatsappAddress(address)).toBe(false);
  });

  it('tells a number from a business-scoped id', () => {
    expect(isPhoneNumber('whatsapp:+9779800000001')).toBe(true);
    expect(isPhoneNumber('whatsapp:NP.1A2B')).toBe(false);
  });

  it.each([
    ['+977 980-000-0001', 'whatsapp:+9779800000001'],
    ['9779800000001', 'whatsapp:+9779800000001'],
    ['whatsapp:+977 980 000 0001', 'whatsapp:+9779800000001'],
    ['NP.1A2B', 'whatsapp:NP.1A2B'],
  ])('reads %s as a person would', (typed, address) => {
    expect(toWhatsappAddress(typed)).toBe(address);
  });
});
