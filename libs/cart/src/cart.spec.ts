import * as fc from 'fast-check';
import { addToCart, type Cart, emptyCart, longestNote, noteInCart, removeFromCart, setInCart } from './cart';

const cart: Cart = { version: 4, lines: [{ sku: 'coke', quantity: 2 }] };

describe('cart', () => {
  it('merges a product that is added again into its line', () => {
    expect(addToCart(cart, 'coke', 3).lines).toEqual([{ sku: 'coke', quantity: 5 }]);
  });

  it('keeps the order in which products were added', () => {
    expect(addToCart(cart, 'egg', 1).lines.map(({ sku }) => sku)).toEqual(['coke', 'egg']);
  });

  it('takes a line out when nothing of it is left', () => {
    expect(removeFromCart(cart, 'coke', 2).lines).toEqual([]);
    expect(removeFromCart(cart, 'coke', null).lines).toEqual([]);
    expect(removeFromCart(cart, 'coke', 1).lines).toEqual([{ sku: 'coke', quantity: 1 }]);
  });

  it('keeps what is wished of a line, once, and bounded, whatever its quantity becomes', () => {
    const noted = noteInCart(noteInCart(noteInCart(cart, 'coke', 'cold'), 'coke', 'no ice'), 'coke', 'cold');
    expect(addToCart(noted, 'coke', 1).lines).toEqual([{ sku: 'coke', quantity: 3, note: 'no ice; cold' }]);
    expect(noteInCart(cart, 'coke', 'x'.repeat(1_000)).lines[0]?.note).toHaveLength(longestNote);
    expect(noteInCart(cart, 'egg', 'boiled').lines).toEqual(cart.lines);
  });

  it('makes a new version with every change', () => {
    expect(
      [addToCart(cart, 'egg', 1), setInCart(cart, 'coke', 9), emptyCart(cart)].map((c) => c.version),
    ).toEqual([5, 5, 5]);
  });

  it('never holds a line of nothing or less', () => {
    const change = fc.tuple(
      fc.constantFrom('add', 'set', 'remove'),
      fc.constantFrom('a', 'b', 'c'),
      fc.integer({ min: 0, max: 5000 }).map((n) => n / 1000),
    );
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const result = changes.reduce<Cart>(
          (current, [kind, sku, quantity]) =>
            kind === 'add'
              ? addToCart(current, sku, quantity)
              : kind === 'set'
                ? setInCart(current, sku, quantity)
                : removeFromCart(current, sku, quantity),
          { version: 0, lines: [] },
        );
        expect(result.lines.every(({ quantity }) => quantity > 0)).toBe(true);
        expect(new Set(result.lines.map(({ sku }) => sku)).size).toBe(result.lines.length);
      }),
    );
  });
});
