import type { Segment } from '@app/broadcasts';
import { addOrder, addShoppers, type Broadcasts, openBroadcasts } from './open-broadcasts';

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

describe('the segment of a broadcast', () => {
  let shop: Broadcasts;
  let buyer: string,
    lapsed: string,
    canceler: string,
    nepali: string,
    silent: string,
    filled: string,
    gone: string;
  beforeAll(async () => {
    shop = await openBroadcasts();
    [buyer, lapsed, canceler, nepali, silent, filled, gone] = (await addShoppers(shop, [
      {},
      {},
      {},
      { language: 'ne', wroteHoursAgo: 100 },
      { wroteHoursAgo: null },
      { cart: [{ productId: '1', quantity: 1 }] },
      { optedOut: true },
    ])) as [string, string, string, string, string, string, string];
    await addOrder(shop, buyer, 3);
    await addOrder(shop, lapsed, 60);
    await addOrder(shop, canceler, 1, 'cancelled');
  });
  afterAll(() => shop.close());

  const found = async (segment: Segment): Promise<string[]> => {
    const { id } = await shop.running({ segment });
    return (await shop.recipients(id)).map(({ address }) => address);
  };

  it('without any condition is everybody who did not opt out', async () => {
    expect(await found({})).toEqual([buyer, lapsed, canceler, nepali, silent, filled]);
  });

  it('asks when somebody ordered, and no cancelled order counts', async () => {
    expect(await found({ orderedSince: daysAgo(30) })).toEqual([buyer]);
    expect(await found({ orderedSince: daysAgo(90), notOrderedSince: daysAgo(30) })).toEqual([lapsed]);
    expect(await found({ notOrderedSince: daysAgo(90) })).toEqual([canceler, nepali, silent, filled]);
  });

  it('asks for language, cart, and when somebody wrote last', async () => {
    expect(await found({ languages: ['ne', 'hi'] })).toEqual([nepali]);
    expect(await found({ openCart: true })).toEqual([filled]);
    expect(await found({ openCart: false, lastInboundAfter: daysAgo(2) })).toEqual([buyer, lapsed, canceler]);
    expect(await found({ lastInboundBefore: daysAgo(2) })).toEqual([nepali, silent]);
  });

  it('may be a list of addresses, of which only those that we know and may write to count', async () => {
    expect(await found({ addresses: [silent, gone, buyer, 'whatsapp:+19990000000'] })).toEqual([
      buyer,
      silent,
    ]);
  });

  it('never mixes what staff say into a statement', async () => {
    expect(await found({ languages: [`en') OR true --`] })).toEqual([]);
  });

  it('is estimated before anything is written', async () => {
    const budget = { mostMessages: 4, mostCostMinor: null, priceMinor: 1.07, currency: 'USD' };
    const text = await shop.create({ budget, messagesPerMinute: 3 });
    expect(await shop.broadcasts.estimate(text.id)).toEqual({
      ok: true,
      value: { matched: 7, optedOut: 1, windowClosed: 2, messages: 4, costMinor: 5, minutes: 2 },
    });
    const template = await shop.create({
      content: { type: 'template', contentSid: `HX${'0'.repeat(32)}`, text: 'Hello', variables: {} },
    });
    expect(await shop.broadcasts.estimate(template.id)).toMatchObject({
      value: { windowClosed: 0, messages: 6, costMinor: null },
    });
    expect(await shop.recipients(text.id)).toEqual([]);
  });
});
