import { staffMayRecord } from './consent';

describe('what staff may record', () => {
  const granted = { state: 'granted', source: null } as const;

  it('is that a shopper wants less, always', () => {
    expect(staffMayRecord('withdrawn', granted, true)).toMatchObject({ ok: true });
    expect(staffMayRecord('withdrawn', { state: 'granted', source: 'shopper' }, false)).toMatchObject({
      ok: true,
    });
  });

  it('is that a shopper wants more, where the shopper has not refused it in the chat', () => {
    expect(staffMayRecord('granted', { state: 'withdrawn', source: null }, false)).toMatchObject({
      ok: true,
    });
    expect(staffMayRecord('granted', { state: 'withdrawn', source: 'staff' }, false)).toMatchObject({
      ok: true,
    });
    expect(staffMayRecord('granted', { state: 'withdrawn', source: 'shopper' }, false)).toMatchObject({
      refusal: { code: 'CONSENT_WITHDRAWN_BY_SHOPPER' },
    });
  });

  it('never undoes a STOP', () => {
    expect(staffMayRecord('granted', granted, true)).toMatchObject({
      refusal: { code: 'SHOPPER_OPTED_OUT' },
    });
  });
});
