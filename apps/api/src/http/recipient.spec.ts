import { toRecipient } from './recipient';

describe('toRecipient', () => {
  it.each([
    ['+9779800000001', 'whatsapp:+9779800000001'],
    ['whatsapp:+9779800000001', 'whatsapp:+9779800000001'],
    [' WhatsApp: +977 980-000 (0001) ', 'whatsapp:+9779800000001'],
    ['NP.1A2b3C', 'whatsapp:NP.1A2b3C'],
    ['whatsapp:NP.1A2b3C', 'whatsapp:NP.1A2b3C'],
  ])('reads %p as %p', (typed, address) => {
    expect(toRecipient(typed)).toEqual({ ok: true, value: address });
  });

  it.each([
    '',
    'whatsapp:',
    '9779800000001',
    '+0779800000001',
    '+12',
    'asha',
    'sms:+9779800000001',
    '+97798000000011234567',
  ])('refuses %p', (typed) => {
    expect(toRecipient(typed)).toMatchObject({
      refusal: { code: 'RECIPIENT_INVALID', errors: [{ field: 'to' }] },
    });
  });
});
