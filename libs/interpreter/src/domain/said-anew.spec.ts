import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueView } from './catalogue';
import type { InterpreterInput } from './input';
import { interpret } from './interpret';
import type { Meaning } from './interpretation';

const CORPUS = join(__dirname, '../../../../test/corpus');

const catalogueOf = (file: string): CatalogueView =>
  JSON.parse(readFileSync(join(CORPUS, file), 'utf8')) as CatalogueView;

const demo = catalogueOf('catalogue.json');
const hardware = catalogueOf('catalogues/hardware-gh.json');

function meaning(
  text: string,
  context: Partial<Omit<InterpreterInput, 'text'>> = {},
  catalogue: CatalogueView = demo,
): Meaning {
  return interpret({ text, catalogue, ...context });
}

const add = (items: Record<string, number | null>): object => ({
  intent: 'add_items',
  items: Object.entries(items).map(([sku, quantity]) => ({ sku, quantity })),
});

describe('a quantity that is said anew in the same message', () => {
  it.each([
    ['3 coke... sorry I mean 4', { coke: 4 }],
    ['2 veg momo and 1 coke, no wait, 3', { 'momo-veg': 2, coke: 3 }],
    ['चाउमिन दुई प्लेट, होइन तीन प्लेट गर्नुस्', { 'chow-mein': 3 }],
    ['2 plate veg momo... nahi nahi 4 plate kar do', { 'momo-veg': 4 }],
  ])('is the one that counts: %s', (text, items) => {
    expect(meaning(text)).toMatchObject(add(items));
  });

  it('changes nothing that nobody ordered', () => {
    expect(meaning('coke 3 banaunu').intent).not.toBe('set_quantity');
  });
});

describe('less of something', () => {
  const cart = [
    { sku: 'momo-chicken', quantity: 3 },
    { sku: 'coke', quantity: 4 },
  ];

  it.each([
    ['one less coke', 'coke', 1],
    ['2 fewer chicken momo', 'momo-chicken', 2],
    ['coke 2 ota kam garnus', 'coke', 2],
  ])('takes so many out: %s', (text, sku, quantity) => {
    expect(meaning(text, { cart })).toMatchObject({ intent: 'remove_items', items: [{ sku, quantity }] });
  });

  it('is asked about where nobody said how much', () => {
    expect(meaning('less coke please', { cart }).intent).toBe('clarify');
  });
});

describe('a size in the name of a product', () => {
  it.each([
    ['10 bags of the 42.5 cement', { 'cement-42': 10 }],
    ['half a kg of two inch nails', { 'nails-2in': 0.5 }],
    ['3kg 4 inch nails and 1 kg 2 inch', { 'nails-4in': 3, 'nails-2in': 1 }],
  ])('decides between products and counts nothing: %s', (text, items) => {
    expect(meaning(text, {}, hardware)).toMatchObject(add(items));
  });

  it('turns a measure into packs', () => {
    expect(meaning('40 kg basmati rice')).toMatchObject(add({ 'rice-20kg': 2 }));
    expect(meaning('3 litres of water')).toMatchObject(add({ water: 3 }));
  });
});

describe('goods by their common names', () => {
  it.each([
    ['una docena de huevos y 2 kilos de papas', { egg: 12, potato: 2 }],
    ['2 kilo aardappelen graag', { potato: 2 }],
    ['दो किलो टमाटर भेज दो', { tomato: 2 }],
  ])('are found in a shop that calls them otherwise: %s', (text, items) => {
    expect(meaning(text)).toMatchObject(add(items));
  });
});

describe('numbers that only order a list', () => {
  it('are no quantities', () => {
    expect(meaning('1. 2kg potato\n2. 6 eggs')).toMatchObject(add({ potato: 2, egg: 6 }));
  });

  it('name entries beside others that are counted', () => {
    const shown = ['coke', 'water', 'egg'];
    expect(meaning('the 1 and two of the third', { shown })).toMatchObject(add({ coke: null, egg: 2 }));
  });
});

describe('a yes', () => {
  it('may tell to go ahead, and is then still a yes to the question whether to order', () => {
    expect(meaning('yes place the order', { expecting: 'confirm' })).toMatchObject({ intent: 'confirm' });
  });
});
