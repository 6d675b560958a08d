import { shopOf, Talk } from './talk.spec-support';

describe('browsing', () => {
  it('shows the products at once, numbered through the category headings, with prices', () => {
    const list = new Talk().says('hi', '1');
    expect(list).toContain('1. Chicken Momo – Rs. 180 / plate');
    expect(list).toContain('13. Tomato – Rs. 90 / kg');
    expect(list).toMatch(/_Momo_\n1\./);
    expect(list).toContain('Mustard Oil 1L – Rs. 310 / bottle _out of stock_');
  });

  it('continues the numbers on the next page, and says when the list ends', () => {
    const talk = new Talk();
    talk.catalogue = shopOf(30, (place) => `Thing ${place}`);
    talk.stock.set('25', 9);
    expect(talk.says('products')).toContain('20. Thing 20');
    const second = talk.says('more');
    expect(second).toMatch(/21\. Thing 21/);
    expect(second).toMatch(/30\. Thing 30/);
    expect(talk.says('more')).toMatch(/whole list/);
    talk.says('25 x 2');
    expect(talk.state.cart.lines).toEqual([{ sku: 'sku-25', quantity: 2 }]);
  });

  it('answers a question about many products, and "which one?", by pages of a list that "more" continues', () => {
    const talk = new Talk();
    talk.catalogue = shopOf(60, (place) => (place % 2 === 1 ? `Rice Brand${place}` : `Tea Brand${place}`));
    for (const { id } of talk.catalogue.products) {
      talk.stock.set(id, 9);
    }
    const list = talk.says('do you have rice?');
    expect(list).toContain('1. Rice Brand1 – Rs. 180 / plate');
    expect(list).not.toContain('Tea');
    expect(talk.says('more')).toContain('30. Rice Brand59');
    const question = talk.says('2 rice');
    expect(question).toMatch(/which one/i);
    expect(question).toContain('20. Rice Brand39');
    expect(talk.says('more')).toContain('21. Rice Brand41');
    talk.says('30');
    expect(talk.state.cart.lines).toEqual([{ sku: 'sku-59', quantity: 2 }]);
  });

  it('asks for each quantity that was not said, one after the other', () => {
    const talk = new Talk();
    expect(talk.says('I want eggs, tomato and 2 coke')).toMatch(/how many .*eggs/i);
    expect(talk.says('6')).toMatch(/how many .*tomato/i);
    talk.says('2');
    expect(talk.state.cart.lines).toEqual([
      { sku: 'coke', quantity: 2 },
      { sku: 'egg', quantity: 6 },
      { sku: 'tomato', quantity: 2 },
    ]);
  });

  it('answers what a price is without putting anything in the cart', () => {
    const talk = new Talk();
    expect(talk.says('how much is coke?')).toContain('Rs. 75');
    expect(talk.state.cart.lines).toEqual([]);
  });
});

describe('numbers', () => {
  it('mean the list that was shown last', () => {
    const talk = new Talk();
    talk.says('show me drinks', '1 x 3');
    expect(talk.state.cart.lines).toEqual([{ sku: 'coke', quantity: 3 }]);
  });

  it('outside the list are refused and change nothing', () => {
    const talk = new Talk();
    talk.says('1');
    expect(talk.says('99 x 1')).toMatch(/not on the list/);
    expect(talk.state.cart.lines).toEqual([]);
  });
});

describe('a wish for a line', () => {
  it('is noted with what is ordered, or said of the line afterwards, and shown until the order is placed', () => {
    const talk = new Talk();
    talk.says('2 chicken momo no onion');
    expect(talk.state.cart.lines).toEqual([{ sku: 'momo-chicken', quantity: 2, note: 'no onion' }]);
    expect(talk.says('extra spicy')).toContain('extra spicy');
    expect(talk.says('cart')).toContain('Chicken Momo (no onion; extra spicy)');
    expect(talk.says('place order', 'pickup', 'cash')).toContain('(no onion; extra spicy)');
    expect(talk.last?.effect).toBeUndefined();
    talk.says('yes');
    expect(talk.orders[0]?.lines[0]?.note).toBe('no onion; extra spicy');
  });

  it('makes a yes to the summary before it void', () => {
    const talk = new Talk();
    talk.says('2 chicken momo', 'place order', 'pickup', 'cash', 'no onion');
    expect(talk.says('yes')).not.toMatch(/placed/i);
    expect(talk.orders).toEqual([]);
  });
});

describe('the cart', () => {
  it.each(['1 x 10', '1x10', '10 chicken momo', 'chicken momo x 10'])('takes "%s"', (text) => {
    const talk = new Talk();
    expect(talk.says('products', text)).toContain('Rs. 1,800');
    expect(talk.state.cart.lines).toEqual([{ sku: 'momo-chicken', quantity: 10 }]);
  });

  it('asks how many, and the answer completes the line', () => {
    const talk = new Talk();
    expect(talk.says('products', 'coke')).toMatch(/how many/i);
    expect(talk.says('4')).toContain('4 x Coke');
    expect(talk.state.cart.lines).toEqual([{ sku: 'coke', quantity: 4 }]);
  });

  it('asks which one, and the choice takes the quantity that was said', () => {
    const talk = new Talk();
    const question = talk.says('2 momo');
    expect(question).toMatch(/1\. Chicken Momo\n2\. Veg Momo\n3\. Buff Momo/);
    talk.says('2');
    expect(talk.state.cart.lines).toEqual([{ sku: 'momo-veg', quantity: 2 }]);
  });

  it('keeps the clear line of a message whose other line is unclear', () => {
    const talk = new Talk();
    talk.says('2 coke and 3 momo');
    expect(talk.state.cart.lines).toEqual([{ sku: 'coke', quantity: 2 }]);
  });

  it('changes, removes and takes back', () => {
    const talk = new Talk();
    talk.says('2 coke', 'make it 5');
    expect(talk.state.cart.lines).toEqual([{ sku: 'coke', quantity: 5 }]);
    talk.says('3 eggs', 'remove coke');
    expect(talk.state.cart.lines).toEqual([{ sku: 'egg', quantity: 3 }]);
    talk.says('undo');
    expect(talk.state.cart.lines.map(({ sku }) => sku)).toEqual(['coke', 'egg']);
    talk.says('clear cart');
    expect(talk.state.cart.lines).toEqual([]);
  });

  it('refuses more than there is, and what is sold out', () => {
    const talk = new Talk();
    talk.stock.set('1', 5);
    expect(talk.says('products', '1 x 10')).toMatch(/only 5/i);
    expect(talk.says('2 mustard oil')).toMatch(/out of stock/);
    expect(talk.state.cart.lines).toEqual([]);
  });

  it('counts what is in the cart already against the stock', () => {
    const talk = new Talk();
    talk.stock.set('1', 5);
    talk.says('3 chicken momo');
    expect(talk.says('3 chicken momo')).toMatch(/only 5/i);
    expect(talk.state.cart.lines).toEqual([{ sku: 'momo-chicken', quantity: 3 }]);
  });
});
