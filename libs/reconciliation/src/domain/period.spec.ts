import { readPeriodMs } from './period';

describe('a period', () => {
  it.each([
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['30d', 2_592_000_000],
    ['31d', undefined],
    ['0h', undefined],
    ['2', undefined],
    ['-1h', undefined],
    ['', undefined],
  ])('%j is %s milliseconds', (text, ms) => {
    expect(readPeriodMs(text)).toBe(ms);
  });
});
