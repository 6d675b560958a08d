import * as fc from 'fast-check';
import { Talk } from './talk.spec-support';

describe('people and consent', () => {
  it('hands over to staff', () => {
    const talk = new Talk();
    talk.says('agent');
    expect(talk.last?.effect).toEqual({ type: 'hand_to_staff' });
  });

  it('opts out on STOP alone, never on "cancel"', () => {
    const talk = new Talk();
    talk.says('cancel');
    expect(talk.last?.effect).toBeUndefined();
    talk.says('STOP');
    expect(talk.last?.effect).toEqual({ type: 'opt_out' });
    talk.says('START');
    expect(talk.last?.effect).toEqual({ type: 'opt_in' });
  });
});

describe('other languages', () => {
  it('answers in Nepali', () => {
    const talk = new Talk('ne');
    expect(talk.says('नमस्ते')).toContain('स्वागत');
    expect(talk.says('१')).toContain('चिकेन मोमो');
    expect(talk.says('१ x १०')).toContain('Rs. 1,800');
  });
});

describe('any message', () => {
  it('gets an answer', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 5 }), (messages) => {
        const talk = new Talk();
        for (const message of messages) {
          expect(talk.says(message)).not.toBe('');
        }
      }),
    );
  });

  it('of another kind is told apart', () => {
    const talk = new Talk();
    expect(talk.says({ type: 'media', media: [], text: '' })).toBe('unreadable media');
    expect(talk.says({ type: 'unsupported' })).toBe('unreadable unsupported');
    expect(
      talk.says({
        type: 'order',
        items: [
          { sku: 'coke', quantity: 2 },
          { sku: 'gold', quantity: 1 },
        ],
      }),
    ).toMatch(/2 x Coke[^]*gold/);
  });
});
