import * as fc from 'fast-check';
import { lintTemplate } from './lint-template';
import type { TemplateFile } from './template-file';

const good: TemplateFile = {
  name: 'pasal_order_update',
  language: 'en',
  category: 'UTILITY',
  topic: 'order',
  variables: {
    1: { field: 'shop', sample: 'Pasal' },
    2: { field: 'order_status', sample: 'ready' },
  },
  types: { 'twilio/text': { body: 'Hello from {{1}}, your order is {{2}} now.' } },
};

const text = (body: string, over: Partial<TemplateFile> = {}): TemplateFile => ({
  ...good,
  ...over,
  types: { 'twilio/text': { body } },
});
const session: Partial<TemplateFile> = { category: null, topic: null, variables: {} };
const buttons = (count: number, title = 'Yes'): TemplateFile['types'] => ({
  'twilio/quick-reply': {
    body: 'Right?',
    actions: Array.from({ length: count }, (_, id) => ({ type: 'QUICK_REPLY', title, id: String(id) })),
  },
});
const list = (count: number, item = 'Momo'): TemplateFile['types'] => ({
  'twilio/list-picker': {
    body: 'Choose',
    button: 'See all',
    items: Array.from({ length: count }, (_, id) => ({ item, id: String(id), description: 'Rs. 180' })),
  },
});
const fieldsOf = (template: TemplateFile): string[] =>
  lintTemplate('t.json', template).map(({ field }) => field);

describe('the lint of a template', () => {
  it('finds nothing in one that WhatsApp takes', () => {
    expect(lintTemplate('t.json', good)).toEqual([]);
    expect(fieldsOf({ ...good, ...session, types: buttons(3) })).toEqual([]);
    expect(fieldsOf({ ...good, ...session, types: list(10) })).toEqual([]);
  });

  it('names file, field and what to do', () => {
    expect(lintTemplate('t.json', text('{{1}}, your order is ready, it is {{2}} now.'))).toEqual([
      {
        file: 't.json',
        field: 'types.twilio/text.body',
        problem: 'begins with a variable',
        fix: 'put words before it',
      },
    ]);
  });

  it.each<[string, TemplateFile, string]>([
    ['ends with a variable', text('Hello from {{1}}, your order is now {{2}}.'), 'types.twilio/text.body'],
    ['has variables side by side', text('Hello from your {{1}} {{2}} shop today.'), 'types.twilio/text.body'],
    ['has too few words', text('From {{1}} now {{2}} so.'), 'types.twilio/text.body'],
    ['is too long', text(`Hello {{1}} and {{2}} ${'word '.repeat(250)}.`), 'types.twilio/text.body'],
    [
      'uses what is not defined',
      text('Hello {{1}}, {{3}} is {{2}} by now, dear shopper of ours.'),
      'types.twilio/text.body',
    ],
    ['has a capital in its name', { ...good, name: 'Order' }, 'name'],
    ['has a language of its own', { ...good, language: 'english' }, 'language'],
    ['is bound and not to be approved', { ...good, category: null }, 'category'],
    [
      'leaves a number out',
      text('Hello from {{1}}, your order is {{3}} now.', {
        variables: { 1: { field: 'shop', sample: 'P' }, 3: { field: 'order_status', sample: 'r' } },
      }),
      'variables',
    ],
    [
      'has a variable that nothing uses',
      { ...good, variables: { ...good.variables, 3: { field: 'shop', sample: 'x' } } },
      'variables.3',
    ],
    [
      'has no sample',
      { ...good, variables: { ...good.variables, 2: { field: 'order_status', sample: ' ' } } },
      'variables.2.sample',
    ],
    [
      'has a line break in a sample',
      { ...good, variables: { ...good.variables, 2: { field: 'order_status', sample: 'a\nb' } } },
      'variables.2.sample',
    ],
    [
      'has four spaces in a sample',
      { ...good, variables: { ...good.variables, 2: { field: 'order_status', sample: 'a    b' } } },
      'variables.2.sample',
    ],
    [
      'wants what its topic does not tell',
      { ...good, variables: { ...good.variables, 2: { field: 'text', sample: 'a' } } },
      'variables.2.field',
    ],
    [
      'has four buttons without approval',
      { ...good, ...session, types: buttons(4) },
      'types.twilio/quick-reply.actions',
    ],
    [
      'has a long button',
      { ...good, ...session, types: buttons(1, 'x'.repeat(21)) },
      'types.twilio/quick-reply.actions.0.title',
    ],
    ['has eleven items', { ...good, ...session, types: list(11) }, 'types.twilio/list-picker.items'],
    [
      'has a long item',
      { ...good, ...session, types: list(1, 'x'.repeat(25)) },
      'types.twilio/list-picker.items.0.item',
    ],
    ['submits a list', { ...good, topic: null, variables: {}, types: list(1) }, 'category'],
    ['is of a form that is not known', { ...good, ...session, types: { 'x/y': { body: 'a' } } }, 'types.x/y'],
    [
      'has a variable as the host of a link',
      {
        ...good,
        ...session,
        variables: { 1: { field: 'host', sample: 'a' } },
        types: {
          'twilio/call-to-action': {
            body: 'Track it',
            actions: [{ type: 'URL', title: 'Track', url: 'https://{{1}}/x' }],
          },
        },
      },
      'types.twilio/call-to-action.actions.0.url',
    ],
  ])('says of one that %s where it does', (_, template, field) => {
    expect(fieldsOf(template)).toEqual([field]);
  });

  it('never fails, whatever the texts of a template are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.json(), (body, key, json) => {
        const template = text(body, { variables: { [key]: { field: 'shop', sample: body } } });
        const other = {
          ...template,
          types: { 'twilio/quick-reply': { body, actions: JSON.parse(json) as unknown } },
        };
        for (const { fix } of [...lintTemplate('t.json', template), ...lintTemplate('t.json', other)]) {
          expect(fix).not.toBe('');
        }
      }),
    );
  });
});
