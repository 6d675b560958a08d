import * as fc from 'fast-check';
import { fillTemplate } from './fill-template';

const template = {
  body: 'Hello, this is {{1}}. Your order #{{2}} is {{3}} now.',
  variables: { 1: 'shop', 2: 'order_number', 3: 'order_status' },
};
const fields = { shop: 'Pasal', order_number: '1042', order_status: 'ready' };

describe('a template that is filled in', () => {
  it('has a value for every variable, and says what the shopper reads', () => {
    expect(fillTemplate(template, fields)).toEqual({
      ok: true,
      value: {
        variables: { 1: 'Pasal', 2: '1042', 3: 'ready' },
        body: 'Hello, this is Pasal. Your order #1042 is ready now.',
      },
    });
  });

  it.each([
    ['is missing', { shop: 'Pasal', order_number: '1042' }],
    ['is empty', { ...fields, order_status: '' }],
    ['is nothing but space', { ...fields, order_status: ' \n\t' }],
  ])('is refused when a value %s: it would go out as the sample', (_, incomplete) => {
    expect(fillTemplate(template, incomplete)).toMatchObject({
      ok: false,
      refusal: { code: 'TEMPLATE_VARIABLE_EMPTY' },
    });
  });

  it('is refused when its text has a variable that nothing fills', () => {
    expect(fillTemplate({ body: 'Hello {{1}} and {{2}}', variables: { 1: 'shop' } }, fields)).toMatchObject({
      refusal: { code: 'TEMPLATE_VARIABLE_EMPTY' },
    });
  });

  it('is refused when it becomes longer than WhatsApp takes', () => {
    expect(fillTemplate(template, { ...fields, shop: 'x'.repeat(1_024) })).toMatchObject({
      refusal: { code: 'TEMPLATE_TOO_LONG' },
    });
  });

  it('never holds a line break, four spaces in a row or an empty value, and never reads a value as a variable', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom('{{2}}', 'a\n\nb', '    ', '$&', 'toString'),
    );
    fc.assert(
      fc.property(value, value, value, (shop, number, status) => {
        const filled = fillTemplate(template, { shop, order_number: number, order_status: status });
        if (!filled.ok) {
          return;
        }
        const { variables, body } = filled.value;
        const values = Object.values(variables);
        expect(Object.keys(variables)).toEqual(['1', '2', '3']);
        expect(values.every((text) => text !== '' && !/[\r\n\t]| {4}/.test(text))).toBe(true);
        expect(body).toBe(
          `Hello, this is ${values[0] ?? ''}. Your order #${values[1] ?? ''} is ${values[2] ?? ''} now.`,
        );
      }),
    );
  });
});
