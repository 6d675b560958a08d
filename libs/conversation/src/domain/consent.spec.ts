import type { InboundContent } from '@app/messaging';
import { answer, hear, type Stand, standAfter } from './answer';
import { newDialogue } from './dialogue';
import { catalogue } from './talk.spec-support';
import type { Step } from './turn';

const shop = { name: 'Pasal', currency: 'NPR', timeZone: 'Asia/Kathmandu' };
const open: Stand = {
  dialogue: newDialogue,
  cart: { version: 0, lines: [] },
  handledBy: 'bot',
  optedOut: false,
  language: 'en',
};
const told = (stand: Stand, message: string | InboundContent): Step => {
  const content: InboundContent = typeof message === 'string' ? { type: 'text', text: message } : message;
  return answer(hear(content, stand, shop, catalogue), { stock: new Map(), orders: [] });
};
const after = (stand: Stand, message: string | InboundContent): Stand =>
  standAfter(stand, told(stand, message));

describe('a STOP', () => {
  it('is confirmed once', () => {
    expect(told(open, 'STOP').reply).toMatch(/no more messages/);
    expect(told(after(open, 'STOP'), 'stop!').reply).toBe('');
    expect(after(after(open, 'STOP'), 'stop!').optedOut).toBe(true);
  });

  it('holds while a person is talking too', () => {
    expect(after({ ...open, handledBy: 'staff' }, 'unsubscribe')).toMatchObject({
      optedOut: true,
      handledBy: 'staff',
    });
  });

  it('is taken back by START alone', () => {
    const stopped = after(open, 'STOP');
    expect(told(stopped, 'start offers')).toMatchObject({ reply: told(stopped, 'hi').reply });
    expect(told(stopped, 'start offers').effect).toBeUndefined();
    expect(after(stopped, 'START').optedOut).toBe(false);
    expect(told(stopped, 'START').reply).toMatch(/welcome back/i);
  });

  it.each(['opt_out', 'opt_in'] as const)(
    'or START that Twilio has answered is not answered again: %s',
    (consent) => {
      const stand = { ...open, optedOut: consent === 'opt_in' };
      const step = told(stand, { type: 'text', text: 'end', consent });

      expect(step).toMatchObject({ reply: '', effect: { type: consent } });
    },
  );
});

describe('a START without a STOP', () => {
  it('is a greeting', () => {
    expect(told(open, 'start').reply).toBe(told(open, 'menu').reply);
    expect(told(open, 'start').effect).toBeUndefined();
  });

  it('says nothing while a person is talking', () => {
    expect(told({ ...open, handledBy: 'staff' }, 'start').reply).toBe('');
  });
});

describe('a topic', () => {
  it.each([
    ['stop offers', { type: 'consent', topic: 'broadcast', state: 'withdrawn' }, /START OFFERS/],
    ['start offers', { type: 'consent', topic: 'broadcast', state: 'granted' }, /STOP OFFERS/],
    ['stop updates', { type: 'consent', topic: 'order', state: 'withdrawn' }, /START UPDATES/],
    ['start updates', { type: 'consent', topic: 'order', state: 'granted' }, /orders/],
  ])('is refused or wanted alone: %s', (words, effect, reply) => {
    expect(told(open, words)).toMatchObject({ effect });
    expect(told(open, words).reply).toMatch(reply);
  });
});
