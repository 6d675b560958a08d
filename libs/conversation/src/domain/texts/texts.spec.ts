import { type Expectation, interpret } from '@app/interpreter';
import { catalogue } from '../talk.spec-support';
import { isSpoken, textsFor } from './languages';

/** What a text tells to write, between asterisks. */
const told = (text: string): string[] => [...text.matchAll(/\*([^*\n]+)\*/gu)].map(([, word = '']) => word);

describe.each(['en', 'ne', 'hi', 'es', 'pt', 'nl', 'ar'])('replies in %s', (language) => {
  const texts = textsFor(language);
  const cart = [{ sku: 'momo-chicken', quantity: 1 }];
  const intentsOf = (text: string, expecting?: Expectation): string[] =>
    told(text).map(
      (word) => interpret({ text: word, catalogue, cart, language, ...(expecting && { expecting }) }).intent,
    );

  it('are there', () => {
    expect(isSpoken(language)).toBe(true);
  });

  it('tell words that are understood', () => {
    const [, ...help] = intentsOf(texts.help);
    // Where it is written from right to left, what is in Latin letters comes last in its line.
    expect(help.toSorted()).toEqual([
      'add_items',
      'cancel_order',
      'checkout',
      'clear_cart',
      'handoff',
      'opt_out',
      'recent_orders',
      'remove_items',
      'show_catalog',
      'view_cart',
    ]);
    expect(intentsOf(texts.ask.confirm, 'confirm')).toEqual(['confirm', 'deny']);
    expect(intentsOf(texts.list.more)).toEqual(['show_catalog']);
    expect(intentsOf(texts.list.prompt)).toEqual(['add_items']);
    expect(intentsOf(texts.cart.empty)).toEqual(['show_catalog']);
    expect(intentsOf(texts.cart.next)).toEqual(['checkout']);
    expect(intentsOf(texts.order.noQuestion)).toEqual(['view_cart', 'checkout']);
    expect(intentsOf(texts.notUnderstood)).toEqual(['menu', 'help', 'handoff']);
    expect(intentsOf(texts.ask.whichOrder.replace('{number}', '1001'))).toEqual(['cancel_order']);
  });
});
