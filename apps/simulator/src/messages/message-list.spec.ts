import fc from 'fast-check';
import type { SimulatedMessage } from './message';
import { matchesFilter, readMessageFilter, readPageRequest, toPageEnvelope } from './message-list';

function sentAt(iso: string): SimulatedMessage {
  const time = Date.parse(iso);
  return { to: 'whatsapp:+1', from: 'whatsapp:+2', sentAt: time, createdAt: time } as SimulatedMessage;
}

function matches(query: string, iso = '2026-11-21T10:00:00.700Z'): boolean {
  const filter = readMessageFilter(new URLSearchParams(query));
  return filter !== undefined && matchesFilter(sentAt(iso), filter);
}

describe('filters of the message list', () => {
  it.each([
    ['DateSent=2026-11-21', true],
    ['DateSent=2026-11-20', false],
    ['DateSent%3E=2026-11-21', true],
    ['DateSent%3E=2026-11-22', false],
    ['DateSent%3C=2026-11-21', true],
    ['DateSent%3C=2026-11-20', false],
    ['DateSent%3E=2026-11-21T10:00:00Z', true],
    ['DateSent%3E=2026-11-21T10:00:01Z', false],
    ['To=whatsapp:%2B1&From=whatsapp:%2B2', true],
    ['To=whatsapp:%2B2', false],
  ])('%s matches: %s', (query, expected) => {
    expect(matches(query)).toBe(expected);
  });

  it('finds a message by the second that Twilio shows, though it was sent within it', () => {
    expect(matches('DateSent%3E=2026-11-21T10:00:00.900Z')).toBe(true);
  });

  it('can not be read with a date that is none', () => {
    expect(readMessageFilter(new URLSearchParams('DateSent=yesterday'))).toBeUndefined();
  });
});

describe('pages of the message list', () => {
  it('keeps page size and number inside what Twilio allows, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (size, page) => {
        const request = readPageRequest(new URLSearchParams({ PageSize: size, Page: page }));
        expect(request.size).toBeGreaterThan(0);
        expect(request.size).toBeLessThanOrEqual(1_000);
        expect(request.page).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('links to the next page with the filters and the last SID of this one', () => {
    const sid = `SM${'0'.repeat(32)}`;
    const query = new URLSearchParams('To=whatsapp:%2B1');
    const request = { size: 1, page: 0, afterSid: null };
    const envelope = toPageEnvelope('/list', query, request, { rows: ['m'], lastSid: sid, hasMore: true });
    expect(envelope.next_page_uri).toBe(`/list?To=whatsapp%3A%2B1&PageSize=1&Page=1&PageToken=PA${sid}`);
    expect(readPageRequest(new URLSearchParams(envelope.next_page_uri?.split('?')[1]))).toEqual({
      size: 1,
      page: 1,
      afterSid: sid,
    });
  });
});
