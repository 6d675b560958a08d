import type { InboundContent } from '@app/messaging';
import { Talk } from './talk.spec-support';

const tap = (id: string, text: string): InboundContent => ({ type: 'selection', id, text });

describe('a tap on a menu', () => {
  it('chooses what its id says, whatever its words are', () => {
    const talk = new Talk();
    expect(talk.says('hi')).toContain('1. Show products');
    expect(talk.last?.menu?.name).toBe('pasal_menu');
    expect(talk.says(tap('menu:cart:0', 'Meine Karte'))).toMatch(/cart is empty/);
  });

  it('answers the question of delivery or pickup', () => {
    const talk = new Talk();
    talk.says('1 x chicken momo', 'place order');
    expect(talk.last?.menu?.name).toBe('pasal_fulfilment');
    const { version } = talk.state.cart;
    talk.says(tap(`fulfilment:pickup:${version}`, 'Pickup'));
    expect(talk.state.dialogue.checkout).toEqual({ fulfilment: 'pickup' });
  });

  it('that is old is answered by how things stand, and changes nothing', () => {
    const talk = new Talk();
    talk.says('1 x chicken momo', 'place order');
    const { version } = talk.state.cart;
    talk.says('add 2 veg momo', 'place order');
    const before = talk.state;

    expect(talk.says(tap(`fulfilment:pickup:${version}`, 'Pickup'))).toMatch(/delivery or pickup/i);
    expect(talk.state.dialogue.checkout).toEqual({});
    expect(talk.state.cart).toEqual(before.cart);
  });

  it('after the checkout shows the cart', () => {
    const talk = new Talk();
    talk.says('1 x chicken momo', 'place order', 'pickup', 'no');
    const { version } = talk.state.cart;

    expect(talk.says(tap(`fulfilment:delivery:${version}`, 'Delivery'))).toMatch(/Your cart/);
    expect(talk.state.dialogue.checkout).toEqual({});
  });

  it.each(['', 'menu:unknown:0', 'fulfilment:teleport:0', 'momo-chicken'])(
    'with an id that is not of ours (%p) is read by its words',
    (id) => {
      expect(new Talk().says(tap(id, 'cart'))).toMatch(/cart is empty/);
    },
  );
});
