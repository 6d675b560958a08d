import fc from 'fast-check';
import { editDistance, tolerance } from './edit-distance';

describe('editDistance', () => {
  it.each([
    ['momo', 'momo', 0],
    ['chiken', 'chicken', 1],
    ['chekcout', 'checkout', 1],
    ['paneer', 'panner', 1],
  ])('counts the typing errors between %s and %s', (a, b, distance) => {
    expect(editDistance(a, b, 3)).toBe(distance);
  });

  it('is the same both ways, and stops counting at the limit', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), fc.nat(4), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(editDistance(b, a, limit));
        expect(editDistance(a, b, limit)).toBeLessThanOrEqual(limit + 1);
      }),
    );
  });

  it('forgives nothing in short words', () => {
    expect(['abc', 'abcd', 'abcdefgh', 'جبنة'].map(tolerance)).toEqual([0, 1, 2, 0]);
  });
});
