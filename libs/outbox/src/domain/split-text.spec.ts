import * as fc from 'fast-check';
import { splitText } from './split-text';

describe('splitText', () => {
  it('leaves a short text whole', () => {
    expect(splitText('Order #1001\nTotal Rs. 1,800')).toEqual(['Order #1001\nTotal Rs. 1,800']);
  });

  it('cuts a long list between its lines', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `${index + 1}. Chicken Momo – Rs. 180`);
    const parts = splitText(lines.join('\n'));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.join('\n').split('\n')).toEqual(lines);
  });

  it('never makes a part of more than 1,600 characters, and loses none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 6000 }), (text) => {
        const parts = splitText(text);
        expect(parts.every((part) => Array.from(part).length <= 1600)).toBe(true);
        expect(parts.join('').replaceAll('\n', '').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
