import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueView } from './catalogue';
import type { InterpreterInput } from './input';
import { interpret } from './interpret';
import type { Meaning } from './interpretation';

const catalogue = JSON.parse(
  readFileSync(join(__dirname, '../../../../test/corpus/catalogue.json'), 'utf8'),
) as CatalogueView;

function meaning(text: string, context: Omit<InterpreterInput, 'text' | 'catalogue'> = {}): Meaning {
  return interpret({ text, catalogue, ...context });
}

const cart = [
  { sku: 'momo-chicken', quantity: 3 },
  { sku: 'coke', quantity: 1 },
];

describe('changes of the cart', () => {
  it.each([
    ['remove one chicken momo', 'momo-chicken', 1],
    ['take out the momo', 'momo-chicken', null],
    ['remove 2', 'coke', null],
    ['pahilo hatau', 'momo-chicken', null],
    ['tyo hataunus', 'coke', null],
    ['no coke', 'coke', null],
    ['coke chahidaina', 'coke', null],
    ['मोमो हटाइदिनुस्', 'momo-chicken', null],
    ['huncha tara coke hataidinu', 'coke', null],
    ['make it 0', 'coke', null],
  ])('take out what lies in the cart: %s', (text, sku, quantity) => {
    expect(meaning(text, { cart })).toMatchObject({ intent: 'remove_items', items: [{ sku, quantity }] });
  });

  it.each([
    ['make it two', 'coke', 2],
    ['momo lai 5 plate banaunus', 'momo-chicken', 5],
    ['change the first to 6', 'momo-chicken', 6],
    ['only 2 momo', 'momo-chicken', 2],
    ['no, 5', 'coke', 5],
    ['reduce momo to 2', 'momo-chicken', 2],
    ['double the coke', 'coke', 2],
    ['कोक ३ वटा बनाउनुहोस्', 'coke', 3],
  ])('set a new quantity: %s', (text, sku, quantity) => {
    expect(meaning(text, { cart })).toMatchObject({ intent: 'set_quantity', items: [{ sku, quantity }] });
  });

  it.each([
    'change coke to water',
    'water instead of coke',
    'swap coke for water',
    'coke ko sato paani dinus',
    'not coke, water',
    'coke haina water',
    'कोकको सट्टा पानी',
  ])('replace what lies in the cart, whichever is named first: %s', (text) => {
    expect(meaning(text, { cart })).toMatchObject({ intent: 'replace_item', from: 'coke', to: 'water' });
  });

  it.each(['remove everything', 'empty my cart', 'sabai hataidinu', 'सबै हटाउनुहोस्'])(
    'clear the cart: %s',
    (text) => {
      expect(meaning(text, { cart })).toMatchObject({ intent: 'clear_cart' });
    },
  );

  it.each(['no onion please', 'piro kam', 'less spicy'])('add a wish to the last line: %s', (text) => {
    expect(meaning(text, { cart })).toMatchObject({ intent: 'edit_item', items: [{ sku: 'coke' }] });
  });

  it.each([
    [
      'a number with two readings',
      'remove 1',
      [
        { sku: 'coke', quantity: 2 },
        { sku: 'momo-chicken', quantity: 1 },
      ],
    ],
    ['a step without an end', 'increase coke by 2', cart],
    ['two wishes at once', 'remove coke and add water', cart],
    ['no product', 'hatau', cart],
  ])('are asked for with %s', (_, text, lines) => {
    expect(meaning(text, { cart: lines })).toMatchObject({ intent: 'clarify' });
  });
});
