import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { acceptProposal } from './accept-proposal';
import type { CatalogueView } from './catalogue';
import type { InterpreterInput } from './input';

const file = join(__dirname, '../../../../test/corpus/catalogue.json');
const catalogue = JSON.parse(readFileSync(file, 'utf8')) as CatalogueView;
const said = (text: string): InterpreterInput => ({
  text,
  catalogue,
  cart: [{ sku: 'coke', quantity: 1 }],
  expecting: 'confirm',
});

describe('a proposal', () => {
  it.each<[string, object, object]>([
    [
      'bring us 3 of those buffalo dumplings',
      { kind: 'add', items: [{ sku: 'momo-buff', quantity: 3 }] },
      { intent: 'add_items', items: [{ sku: 'momo-buff', quantity: 3 }] },
    ],
    [
      'buffalo dumplings for everybody',
      { kind: 'add', items: [{ sku: 'momo-buff', quantity: 40 }] },
      { intent: 'add_items', items: [{ sku: 'momo-buff', quantity: null }] },
    ],
    [
      'the fizzy one, 4 rather',
      { kind: 'set', items: [{ sku: 'coke', quantity: 4 }] },
      { intent: 'set_quantity', items: [{ sku: 'coke', quantity: 4 }] },
    ],
    [
      'not the fizzy one',
      { kind: 'remove', items: [{ sku: 'coke' }] },
      { intent: 'remove_items', items: [{ sku: 'coke', quantity: null }] },
    ],
    [
      'the green gate behind the temple',
      { kind: 'detail', slot: 'address', value: 'green gate behind the temple' },
      { intent: 'set_detail', slot: 'address', value: 'green gate behind the temple' },
    ],
  ])('that "%s" bears out is taken: %j', (text, proposal, meaning) => {
    expect(acceptProposal(said(text), proposal)).toEqual(meaning);
  });

  it.each<[string, unknown]>([
    ['a confirmation', { kind: 'confirm' }],
    ['a checkout', { kind: 'checkout' }],
    ['an opt-out', { kind: 'opt_out' }],
    ['a product that is not sold', { kind: 'add', items: [{ sku: 'car', quantity: 1 }] }],
    ['a place in a list', { kind: 'add', items: [{ index: 1, quantity: 1 }] }],
    ['half a plate', { kind: 'add', items: [{ sku: 'momo-buff', quantity: 0.5 }] }],
    ['nothing', { kind: 'add', items: [{ sku: 'momo-buff', quantity: 0 }] }],
    ['a quantity that nobody wrote', { kind: 'set', items: [{ sku: 'coke', quantity: 99 }] }],
    ['what is not in the cart', { kind: 'remove', items: [{ sku: 'momo-buff' }] }],
    ['an address that nobody wrote', { kind: 'detail', slot: 'address', value: 'my own house' }],
    ['a way to pay', { kind: 'detail', slot: 'payment', value: '0.5' }],
    ['eleven lines', { kind: 'add', items: Array.from({ length: 11 }, () => ({ sku: 'coke' })) }],
    ['a sentence', 'add 3 cokes'],
    ['a list', []],
    ['null', null],
  ])('of %s is refused', (_, proposal) => {
    expect(acceptProposal(said('0.5 0 of it please'), proposal)).toBeUndefined();
  });

  it('of any shape spends no money, ends no order, touches no consent', () => {
    const harmless = [
      'add_items',
      'set_quantity',
      'remove_items',
      'question',
      'set_detail',
      'show_catalog',
      'help',
      'handoff',
    ];
    fc.assert(
      fc.property(fc.string(), fc.anything(), (text, proposal) => {
        const meaning = acceptProposal(said(text), proposal);
        return meaning === undefined || harmless.includes(meaning.intent);
      }),
    );
  });
});
