import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueView } from './catalogue';
import type { InterpreterInput } from './input';
import { interpret } from './interpret';
import type { Meaning } from './interpretation';

const catalogue = JSON.parse(
  readFileSync(join(__dirname, '../../../../test/corpus/catalogue.json'), 'utf8'),
) as CatalogueView;
const shown = catalogue.products.map(({ sku }) => sku);

function meaning(text: string, context: Omit<InterpreterInput, 'text' | 'catalogue'> = {}): Meaning {
  return interpret({ text, catalogue, ...context });
}

const add = (items: Record<string, number | null>): object => ({
  intent: 'add_items',
  items: Object.entries(items).map(([sku, quantity]) => ({ sku, quantity })),
});

describe('lines of an order', () => {
  it.each([
    ['dai 2 plate buff momo ani coke duita', { 'momo-buff': 2, coke: 2 }],
    ['two plates of veg momo with a bottle of coke', { 'momo-veg': 2, coke: 1 }],
    ['coke 2 water 3', { coke: 2, water: 3 }],
    ['2 eggs 3 cokes 1 water', { egg: 2, coke: 3, water: 1 }],
    ['buff 2 veg 3', { 'momo-buff': 2, 'momo-veg': 3 }],
    ['तीन वटा कोक र एक प्लेट चाउमिन', { coke: 3, 'chow-mein': 1 }],
    ['malai dui plate veg momo ra euta coke chahiyo hai dai, bholi 5 baje', { 'momo-veg': 2, coke: 1 }],
    ['coke dinus 2 ota', { coke: 2 }],
    ['euta coke pani', { coke: 1 }],
    ['2 pani', { water: 2 }],
  ])('are read in any order of product and number: %s', (text, items) => {
    expect(meaning(text)).toMatchObject(add(items));
  });

  it.each([
    ['1½ kg paneer', { paneer: 1.5 }],
    ['one and a half kilo potato', { potato: 1.5 }],
    ['sadhe dui kilo golbheda', { tomato: 2.5 }],
    ['साढे दुई किलो आलु', { potato: 2.5 }],
    ['250 gm paneer', { paneer: 0.25 }],
    ['2 cartons of coke', { coke: 48 }],
    ['half a dozen eggs', { egg: 6 }],
    ['two hundred eggs', { egg: 200 }],
    ['1OO eggs', { egg: 100 }],
    ['another coke', { coke: 1 }],
  ])("count the product's own unit: %s", (text, items) => {
    expect(meaning(text)).toMatchObject(add(items));
  });

  it.each([
    ['2 water 1L', { water: 2 }],
    ['basmati rice 20kg 2', { 'rice-20kg': 2 }],
    ['20 kg rice', { 'rice-20kg': null }],
    ['coke for Rs 75', { coke: null }],
  ])('leave pack sizes and prices uncounted: %s', (text, items) => {
    expect(meaning(text)).toMatchObject(add(items));
  });

  it.each([
    'chiken momoo 2',
    'momo chicken 2',
    'kukhura momo 2',
    'chickenmomo 2',
    '2 चिकेन मोमो',
    'CHICKEN MOMO x2',
  ])('find a product behind typing errors, aliases and other word orders: %s', (text) => {
    expect(meaning(text)).toMatchObject(add({ 'momo-chicken': 2 }));
  });

  it.each([
    ['1 x 10', 'tomato', 10],
    ['2x3', 'paneer', 3],
    ['number 3 x 2', 'momo-chicken', 2],
    ['2 of number 3', 'momo-chicken', 2],
    ['#2 x 3', 'paneer', 3],
    ['> 1. Coke\n4', 'coke', 4],
    ['> 5. Coke\n5 x 2', 'coke', 2],
  ])('bind %j to the list that was shown or quoted', (text, sku, quantity) => {
    expect(meaning(text, { shown: ['tomato', 'paneer', 'momo-chicken'] })).toMatchObject(
      add({ [sku]: quantity }),
    );
  });

  it('read an order under the main menu, where a bare number is an option', () => {
    expect(meaning('1 x 10', { shown, expecting: 'main_menu' })).toMatchObject(add({ 'momo-chicken': 10 }));
    expect(meaning('1', { shown, expecting: 'main_menu' })).toMatchObject({
      intent: 'select_option',
      option: 1,
    });
    expect(meaning('1', { shown })).toMatchObject(add({ 'momo-chicken': null }));
  });

  it('carry what was said of place, time and payment along', () => {
    expect(meaning('deliver 2 coke to Thamel tomorrow 5pm')).toMatchObject({
      ...add({ coke: 2 }),
      extras: { address: 'Thamel', when: 'tomorrow 5pm', fulfilment: 'delivery' },
    });
    expect(meaning("2 veg momo, that's all")).toMatchObject({ extras: { then: 'checkout' } });
  });
});

describe('what is not sure', () => {
  it.each([
    ['2x momo', ['momo-chicken', 'momo-veg', 'momo-buff']],
    ['10 piece momo', ['momo-chicken', 'momo-veg', 'momo-buff']],
    ['chicken burger', ['momo-chicken']],
    ['5 kg rice', ['rice-20kg']],
    ['less coke', []],
    ['veg momo without coke', []],
  ])('is asked and never added: %s', (text, candidates) => {
    expect(meaning(text)).toMatchObject({ intent: 'clarify', candidates });
  });

  it('keeps the clear lines and the quantity of the unclear one', () => {
    expect(meaning('3 momo ra ek coke')).toMatchObject({
      intent: 'clarify',
      items: [{ sku: 'coke', quantity: 1 }],
      candidates: ['momo-chicken', 'momo-veg', 'momo-buff'],
      quantity: 3,
    });
  });

  it('names the words for which nothing fits', () => {
    expect(meaning('2 coke and 3 burgers')).toMatchObject({
      ...add({ coke: 2 }),
      extras: { unknown: ['burgers'] },
    });
  });

  it.each([
    ['0 coke', 'zero'],
    ['1 x -2', 'negative'],
    ['1.5 coke', 'not_whole'],
    ['200000 coke', 'too_many'],
    ['99 x 1', 'unknown_number'],
  ])('is told to be impossible: %s is %s', (text, problem) => {
    expect(meaning(text)).toMatchObject({ intent: 'invalid', problem });
  });
});
