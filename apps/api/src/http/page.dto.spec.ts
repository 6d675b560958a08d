import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './page.dto';

describe('a cursor', () => {
  it('comes back as the position that it was made of', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }).map(String), (position) => {
        expect(decodeCursor(encodeCursor(position) ?? undefined)).toBe(position);
      }),
    );
  });

  it('is absent on the first and after the last page', () => {
    expect(decodeCursor(undefined)).toBeUndefined();
    expect(encodeCursor(null)).toBeNull();
  });

  it.each([
    '',
    '5',
    'p1:5',
    Buffer.from('p1:-5').toString('base64url'),
    Buffer.from('p1:5 OR 1=1').toString('base64url'),
  ])('is refused when it is %p', (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow('begin again without it');
  });
});
