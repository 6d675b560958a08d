import { segmentsOf } from './segments';

describe('the segments of an SMS', () => {
  it.each([
    ['a short text in GSM-7', 'x'.repeat(160), 1],
    ['one character more', 'x'.repeat(161), 2],
    ['what counts double in GSM-7', '€'.repeat(81), 2],
    ['Nepali, in UCS-2', 'न'.repeat(70), 1],
    ['one character of Nepali more', 'न'.repeat(71), 2],
    ['one emoji, which makes all of it UCS-2', `${'x'.repeat(69)}🙂`, 2],
  ])('%s', (_, text, segments) => {
    expect(segmentsOf(text)).toBe(segments);
  });
});
