import fc from 'fast-check';
import { checkSegment } from './segment';

describe('a segment', () => {
  it('may be everybody, or anything that its fields say', () => {
    expect(checkSegment({})).toEqual([]);
    expect(
      checkSegment({
        orderedSince: '2026-09-01',
        notOrderedSince: '2026-11-01T00:00:00+05:45',
        languages: ['ne'],
        lastInboundAfter: '2026-01-01',
        lastInboundBefore: '2026-11-20T10:00Z',
        openCart: true,
        addresses: ['whatsapp:+9779800000001'],
      }),
    ).toEqual([]);
  });

  it.each([
    'yesterday',
    '2026-13-01',
    '2026-02-30',
    '2026-11-01T00:00:00',
    "2026-11-01'; DROP TABLE orders",
    '2026-W47',
    '',
  ])('is refused with %p for a time', (orderedSince) => {
    expect(checkSegment({ orderedSince })).toMatchObject([{ field: 'segment.orderedSince' }]);
  });

  it('takes every moment as it is written by a program', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
        (moment) => {
          expect(checkSegment({ lastInboundAfter: moment.toISOString() })).toEqual([]);
        },
      ),
    );
  });

  it('is refused when nobody could be in it', () => {
    expect(checkSegment({ orderedSince: '2026-11-01', notOrderedSince: '2026-10-01' })).toEqual([
      { field: 'segment.notOrderedSince', message: 'must be later than orderedSince' },
    ]);
    expect(checkSegment({ lastInboundAfter: '2026-11-01', lastInboundBefore: '2026-11-01' })).toEqual([
      { field: 'segment.lastInboundBefore', message: 'must be later than lastInboundAfter' },
    ]);
  });
});
