import { mostAttempts, retryMs } from './poison';

describe('a message that fails', () => {
  it('is tried again for less than ten seconds in all', () => {
    const waits = Array.from({ length: mostAttempts - 1 }, (_, index) => retryMs(index + 1));
    expect(waits.every((wait) => wait > 0)).toBe(true);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(9_000);
  });
});
