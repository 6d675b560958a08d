import * as fc from 'fast-check';
import { catalogue, Talk } from './talk.spec-support';

const toConfirm = ['1 x 10', 'place order', 'delivery', 'Thamel, Kathmandu', 'cash'] as const;

describe('checkout', () => {
  it('asks one thing after the other and ends in a summary with lines, address and total', () => {
    const talk = new Talk();
    const summary = talk.says(...toConfirm);
    expect(summary).toContain('10 plate Chicken Momo – Rs. 1,800');
    expect(summary).toContain('Thamel, Kathmandu');
    expect(summary).toContain('Total: *Rs. 1,800*');
  });

  it('takes numbers for words, and a location pin for an address', () => {
    const talk = new Talk();
    const pin = { type: 'location', latitude: 27.7172, longitude: 85.324, label: 'Thamel' } as const;
    const summary = talk.says('1 x 1', 'place order', '1', pin, '1');
    expect(summary).toContain('27.717200, 85.324000');
    expect(talk.says('1')).toContain('#1001');
    expect(talk.orders[0]).toMatchObject({ fulfilment: 'delivery', payment: 'cash' });
  });

  it('asks for the address once more when "delivery" is said twice', () => {
    expect(new Talk().says('1 x 1', 'place order', 'delivery', 'delivery')).toContain(
      'Where shall we deliver?',
    );
  });

  it('keeps address, time and payment that were said in one breath with the goods', () => {
    const talk = new Talk();
    const summary = talk.says('2 chicken momo deliver to Thamel at 7pm, cash', 'place order');
    expect(summary).toContain('To: Thamel');
    expect(summary).toContain('When: 7pm');
    talk.says('yes');
    expect(talk.orders[0]).toMatchObject({
      fulfilment: 'delivery',
      address: 'Thamel',
      requestedTime: '7pm',
      payment: 'cash',
    });
  });

  it('goes on to the first open question when the order is placed in the same breath', () => {
    const talk = new Talk();
    expect(talk.says('2 chicken momo, pay cash and place order')).toMatch(/delivery or pickup/i);
    expect(talk.says('pickup')).toMatch(/is this right/i);
    expect(talk.orders).toEqual([]);
  });

  it('notes when it is wanted, and whom to ask for', () => {
    const talk = new Talk();
    talk.says('1 x 1', 'deliver tomorrow 7pm', 'my name is Hari', 'place order', 'pickup', 'cash', 'yes');
    expect(talk.orders[0]).toMatchObject({ requestedTime: 'tomorrow 7pm', note: 'Hari' });
  });

  it('skips the address of an order that is picked up', () => {
    const talk = new Talk();
    expect(talk.says('1 x 1', 'place order', 'pickup')).toMatch(/pay/);
    expect(talk.says('cash', 'yes')).toContain('#1001');
    expect(talk.orders[0]).toMatchObject({ fulfilment: 'pickup', address: null });
  });

  it('refuses an empty cart', () => {
    expect(new Talk().says('place order')).toMatch(/empty/);
  });

  it('places nothing on a no, and keeps the cart', () => {
    const talk = new Talk();
    expect(talk.says(...toConfirm, 'no')).toMatch(/nothing was ordered/i);
    expect(talk.orders).toEqual([]);
    expect(talk.state.cart.lines).toHaveLength(1);
  });
});

describe('a yes', () => {
  it('twice is one order, and names its number again', () => {
    const talk = new Talk();
    expect(talk.says(...toConfirm, 'yes')).toContain('Order #1001');
    expect(talk.says('yes')).toContain('Order #1001');
    expect(talk.orders).toHaveLength(1);
  });

  it("can't buy a cart that changed after the question", () => {
    const talk = new Talk();
    talk.says(...toConfirm);
    talk.says('2 coke');
    talk.says('yes');
    expect(talk.orders).toEqual([]);
  });

  it("can't buy at a price that changed after the question", () => {
    const talk = new Talk();
    talk.says(...toConfirm);
    talk.catalogue = {
      version: '2',
      products: catalogue.products.map((product) => ({ ...product, priceMinor: product.priceMinor * 2 })),
    };
    expect(talk.says('yes')).toMatch(/price has changed[^]*Rs. 3,600/);
    expect(talk.orders).toEqual([]);
    expect(talk.says('yes')).toContain('Rs. 3,600');
    expect(talk.orders).toHaveLength(1);
  });

  it('without a question buys nothing', () => {
    const talk = new Talk();
    expect(talk.says('2 coke', 'yes')).toMatch(/nothing to confirm/);
    expect(talk.orders).toEqual([]);
  });

  it('is the only way to an order, whatever else is said', () => {
    const words = fc.constantFrom(
      'hi',
      '1',
      '2',
      '1 x 2',
      'coke',
      'cart',
      'place order',
      'delivery',
      'pickup',
      'Thamel',
      'cash',
      'no',
      'ok but add water first',
      'remove coke',
      'undo',
      'my orders',
      'cancel order',
      'more',
      '👍',
      'what?',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (messages) => {
        const talk = new Talk();
        for (const message of messages) {
          const asked = talk.state.dialogue.expecting === 'confirm';
          const before = talk.orders.length;
          const reply = talk.says(message);
          expect(reply).not.toBe('');
          expect(talk.orders.length === before || (asked && message === '1')).toBe(true);
        }
      }),
    );
  });
});

describe('orders', () => {
  it('are listed with status, total and day in the time zone of the shop', () => {
    const talk = new Talk();
    talk.says(...toConfirm, 'yes');
    expect(talk.says('my orders')).toContain('#1001 – placed – Rs. 1,800 – 22 Nov');
  });

  it('are cancelled while that is allowed', () => {
    const talk = new Talk();
    talk.says(...toConfirm, 'yes');
    expect(talk.says('cancel order')).toContain('#1001 is cancelled');
    expect(talk.says('cancel order')).toMatch(/no order that can be cancelled/);
  });

  it('ask which one when several can be cancelled', () => {
    const talk = new Talk();
    talk.says(...toConfirm, 'yes', ...toConfirm, 'yes');
    expect(talk.says('cancel order')).toMatch(/which order/i);
    expect(talk.says('cancel order #1001')).toContain('#1001 is cancelled');
  });

  it('are not meant by "cancel order" during a checkout: that ends the checkout', () => {
    const talk = new Talk();
    talk.says(...toConfirm, 'yes', '2 coke', 'place order');
    expect(talk.says('cancel order')).toMatch(/nothing was ordered/i);
    expect(talk.orders[0]?.status).toBe('placed');
  });
});
