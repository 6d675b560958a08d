import * as fc from 'fast-check';
import { Occasional } from './occasional';

describe('Occasional', () => {
  it('lets a key through once a period, and says how often it was kept back', () => {
    const occasional = new Occasional(10_000, 100);
    expect(occasional.next('a', 0)).toEqual({ suppressed: 0, shared: false });
    expect(occasional.next('b', 1)).toEqual({ suppressed: 0, shared: false });
    expect(occasional.next('a', 2)).toBeUndefined();
    expect(occasional.next('a', 9_999)).toBeUndefined();
    expect(occasional.next('a', 10_000)).toEqual({ suppressed: 2, shared: false });
    expect(occasional.next('a', 10_001)).toBeUndefined();
  });

  it('gives keys that it has no room for one turn, and forgets the old for the new', () => {
    const occasional = new Occasional(10_000, 2);
    occasional.next('a', 0);
    occasional.next('b', 0);
    expect(occasional.next('c', 1)).toEqual({ suppressed: 0, shared: true });
    expect(occasional.next('d', 2)).toBeUndefined();
    expect(occasional.next('e', 10_003)).toEqual({ suppressed: 0, shared: false });
  });

  it('never lets more through in a period than keys have room, and one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(300)), { maxLength: 300 }), (steps) => {
        const occasional = new Occasional(1_000, 5);
        const passed: number[] = [];
        let now = 0;
        for (const [key, later] of steps) {
          now += later;
          if (occasional.next(`key ${key}`, now)) {
            passed.push(now);
          }
        }
        for (const end of passed) {
          expect(passed.filter((at) => at > end - 1_000 && at <= end).length).toBeLessThanOrEqual(6);
        }
      }),
    );
  });
});
