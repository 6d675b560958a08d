import { newPhone } from './phone';

describe('a new phone', () => {
  it('has a business-scoped id of its country that stays the same', () => {
    const { externalUserId } = newPhone('whatsapp:+9779800000001');
    expect(externalUserId).toMatch(/^whatsapp:NP\.\d{16}$/);
    expect(newPhone('whatsapp:+9779800000001').externalUserId).toBe(externalUserId);
    expect(newPhone('whatsapp:+9779800000002').externalUserId).not.toBe(externalUserId);
  });

  it('is its own id when the number is hidden', () => {
    expect(newPhone('whatsapp:NP.1A2B').externalUserId).toBe('whatsapp:NP.1A2B');
  });
});
