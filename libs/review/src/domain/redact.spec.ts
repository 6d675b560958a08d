import fc from 'fast-check';
import { longestText, redact } from './redact';

describe('redact', () => {
  it.each([
    ['call me on +977 98-0000-0001 pls', 'call me on <number> pls'],
    ['९८०००००००१ ma phone gara', '<number> ma phone gara'],
    ['send to asha@example.com  or https://maps.example/x?q=1', 'send to <e-mail> or <link>'],
    ['1 x 10, 2 x 500 g and 1,500 rupees', '1 x 10, 2 x 500 g and 1,500 rupees'],
  ])('turns "%s" into "%s"', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it('leaves no six digits in a row, and nothing long', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('1', '9', ' ', '-', 'a', '.'), maxLength: 600 }),
        (text) => {
          const redacted = redact(text);
          return redacted.length <= longestText && !/\d{6}/u.test(redacted);
        },
      ),
    );
  });
});
