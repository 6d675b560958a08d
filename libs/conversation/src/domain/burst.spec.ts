import { burstWaitMs, isUnfinished } from './burst';

describe('the wait for the rest of a burst', () => {
  const at = (ms: number): Date => new Date(1_000_000 + ms);

  it.each([
    ['half as long again as the gap before', 0, 400, 400, 600],
    ['a second at most', 0, 1_900, 1_900, 1_000],
    ['less by what has passed since the message came', 0, 400, 700, 300],
    ['over when the message is old', 0, 400, 1_500, 0],
    ['none for who writes slowly', 0, 2_000, 2_000, 0],
    ['none for messages of the same moment', 0, 0, 0, 0],
  ])('is %s', (_, previous, received, now, waitMs) => {
    expect(burstWaitMs(at(previous), at(received), at(now))).toBe(waitMs);
  });

  it('is none for the first message of all', () => {
    expect(burstWaitMs(null, at(0), at(0))).toBe(0);
  });
});

describe('what looks unfinished', () => {
  it.each([
    [{ intent: 'other', kind: 'unknown' }, 'banana rocket', true],
    [{ intent: 'other', kind: 'unknown' }, 'Thamel, Kathmandu', false],
    [{ intent: 'other', kind: 'unknown' }, 'do you have anything for my cat', false],
    [{ intent: 'other', kind: 'thanks' }, 'thanks', false],
    [{ intent: 'clarify', candidates: [], items: [] }, 'I want', true],
    [{ intent: 'add_items', items: [{ sku: 'momo', quantity: null }] }, 'momo', true],
    [{ intent: 'add_items', items: [{ sku: 'momo', quantity: 2 }] }, '2 momo', false],
    [{ intent: 'view_cart' }, 'cart', false],
  ] as const)('%o: "%s"', (meaning, text, unfinished) => {
    expect(isUnfinished(meaning, text)).toBe(unfinished);
  });
});
