import type { ListedMessage } from '@app/messaging';
import { byShopper, sift } from './compare';

const at = (time: string, sid = time, address = 'whatsapp:+9779800000001'): ListedMessage => ({
  sid,
  address,
  createdAt: new Date(`2026-11-21T${time}Z`),
  entry: {},
});

describe('comparing a page of the list', () => {
  const span = { since: new Date('2026-11-21T10:00:00Z'), until: new Date('2026-11-21T10:30:00Z') };

  it('takes what lies within the span, with both its ends', () => {
    const page = [at('10:30:01'), at('10:30:00'), at('10:10:00'), at('10:00:00'), at('09:59:59')];
    const { within, young, last } = sift(page, span);
    expect(within.map(({ sid }) => sid)).toEqual(['10:30:00', '10:10:00', '10:00:00']);
    expect(young.map(({ sid }) => sid)).toEqual(['10:30:01']);
    expect(last).toBe(true);
  });

  it('asks for older pages until one ends before the span', () => {
    expect(sift([at('10:30:00'), at('10:00:00')], span).last).toBe(false);
    expect(sift([], span).last).toBe(false);
  });

  it("gives each shopper's messages oldest first, also those of one second", () => {
    const other = 'whatsapp:+9779800000002';
    const newestFirst = [
      at('10:02:00', 'd'),
      at('10:01:00', 'c'),
      at('10:01:00', 'other', other),
      at('10:01:00', 'b'),
      at('10:00:00', 'a'),
    ];
    const shoppers = byShopper(newestFirst);
    expect(shoppers.map((messages) => messages.map(({ sid }) => sid))).toEqual([
      ['a', 'b', 'c', 'd'],
      ['other'],
    ]);
  });
});
