import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueView } from './catalogue';
import { interpret } from './interpret';
import type { Expectation } from './input';

const catalogue = JSON.parse(
  readFileSync(join(__dirname, '../../../../test/corpus/catalogue.json'), 'utf8'),
) as CatalogueView;

const EXPECTATIONS: readonly Expectation[] = [
  'main_menu',
  'confirm',
  'anything_else',
  'address',
  'phone',
  'name',
  'payment',
  'fulfilment',
  'delivery_time',
  'rating',
  'note',
];

const names = catalogue.products.flatMap((product) =>
  [product.name, ...Object.values(product.names), ...product.aliases].map((name) => ({
    sku: product.sku,
    name,
  })),
);

const WORDS: readonly [number, readonly string[]][] = [
  [1, ['1', '१', 'one', 'ek', 'euta', 'एउटा']],
  [2, ['2', '२', 'two', 'dui', 'duita', 'दुई', 'दुइटा']],
  [3, ['3', '३', '３', 'three', 'tin', 'tinta', 'तीन']],
  [5, ['5', '٥', 'five', 'paanch', 'पाँच']],
  [10, ['10', '१०', '1O', 'ten', 'das', 'दश']],
  [25, ['25', 'twenty five', 'pachis']],
];
const numbers = WORDS.flatMap(([value, forms]) => forms.map((form) => ({ value, form })));

const ORDERS: readonly ((number: string, name: string) => string)[] = [
  (number, name) => `${number} ${name}`,
  (number, name) => `${number} x ${name}`,
  (number, name) => `${name} x ${number}`,
  (number, name) => `${name} ${number}`,
  (number, name) => `${number} ${name.toUpperCase()} please`,
  (number, name) => `dai ${number} wota ${name} dinu na`,
  (number, name) => `can I get ${number} ${name}?`,
];

describe('whatever is typed', () => {
  it('finds any product by any of its names, with any form of number, in any supported order', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.constantFrom(...numbers),
        fc.constantFrom(...ORDERS),
        ({ sku, name }, { value, form }, order) => {
          const meaning = interpret({ text: order(form, name), catalogue });
          expect(meaning).toMatchObject({ intent: 'add_items', items: [{ sku, quantity: value }] });
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('binds "n x q" to the list that was shown', () => {
    const shownLists = fc.shuffledSubarray(
      catalogue.products.filter(({ divisible }) => !divisible).map(({ sku }) => sku),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(
        shownLists,
        fc.nat(),
        fc.integer({ min: 1, max: 99_999 }),
        fc.constantFrom(' x ', 'x', '×', ' X ', '*'),
        (shown, pick, quantity, times) => {
          const at = pick % shown.length;
          const meaning = interpret({ text: `${at + 1}${times}${quantity}`, catalogue, shown });
          expect(meaning).toMatchObject({ intent: 'add_items', items: [{ sku: shown[at], quantity }] });
        },
      ),
    );
  });

  it('answers any text with an intent and never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.option(fc.constantFrom(...EXPECTATIONS), { nil: undefined }),
        (text, expecting) => {
          const meaning = interpret({ text, catalogue, ...(expecting === undefined ? {} : { expecting }) });
          expect(typeof meaning.intent).toBe('string');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('confirms only words that are on the list of yes words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 6 }), (text) => {
        const meaning = interpret({ text: `yes ${text}zq`, catalogue, expecting: 'confirm' });
        expect(meaning.intent).not.toBe('confirm');
      }),
    );
  });

  it.each([
    ['times signs', 'x '.repeat(4000)],
    ['lines', '1 x '.repeat(2000)],
    ['near misses', 'chickkn momooo '.repeat(400)],
    ['digits', '9'.repeat(6000)],
    ['slashes', '1/'.repeat(4000)],
    ['commas', '1,000,'.repeat(1000)],
  ])('reads 4,096 characters of %s within a second', (_, text) => {
    const start = performance.now();
    interpret({ text, catalogue });
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
