import type { Topic } from '@app/outbox';
import { type Fulfilment, openFulfilment } from '../fulfilment/open-fulfilment';
import type { Shopper } from '../orders/open-shop';

describe('consent, where a message is claimed for sending', () => {
  let shop: Fulfilment;
  let shopper: Shopper;
  beforeAll(async () => {
    shop = await openFulfilment();
  });
  beforeEach(async () => {
    shopper = await shop.newShopper();
    await shop.rows('UPDATE conversations SET last_inbound_at = now() WHERE id = $1', [
      shopper.conversationId,
    ]);
    shop.sent.length = 0;
  });
  afterAll(() => shop.close());

  const queue = async (topic: Topic, text: string = topic): Promise<void> => {
    const { conversationId } = shopper;
    await shop.database.transaction((tx) =>
      shop.outbox.write(tx, {
        conversationId,
        sender: 'whatsapp:+14155238886',
        address: 'whatsapp:+9779800000001',
        lane: topic === 'reply' ? 'reply' : 'bulk',
        topic,
        text,
        inReplyTo: topic === 'reply' ? [`SM${'1'.repeat(32)}`] : [],
        correlationId: 'test',
      }),
    );
  };
  const stop = (): Promise<void> =>
    shop.database.transaction((tx) => shop.consents.setOptedOut(tx, shopper.shopperId, 'withdrawn'));
  const start = (): Promise<void> =>
    shop.database.transaction((tx) => shop.consents.setOptedOut(tx, shopper.shopperId, 'granted'));
  const says = (topic: 'order' | 'broadcast', state: 'granted' | 'withdrawn'): Promise<void> =>
    shop.database.transaction((tx) => shop.consents.record(tx, shopper.shopperId, topic, state));
  const sendAll = async (): Promise<string[]> => {
    await shop.sender.drain(shopper.conversationId);
    await shop.bulk.look();
    await shop.bulk.ended();
    return shop.sent.map(({ body }) => body);
  };
  const settled = (): Promise<{ body: string; status: string; error_message: string | null }[]> =>
    shop.rows(
      'SELECT body, status, error_message FROM outbox_messages WHERE conversation_id = $1 ORDER BY id',
      [shopper.conversationId],
    );

  it('a campaign that was queued before a STOP makes no call after it', async () => {
    await says('broadcast', 'granted');
    for (const text of ['one', 'two', 'three']) {
      await queue('broadcast', text);
    }
    await stop();

    expect(await sendAll()).toEqual([]);
    expect(await settled()).toEqual(
      ['one', 'two', 'three'].map((body) => ({
        body,
        status: 'canceled',
        error_message: 'RECIPIENT_OPTED_OUT',
      })),
    );
  });

  it('after a STOP nothing goes out but answers', async () => {
    await says('broadcast', 'granted');
    for (const topic of ['order', 'staff', 'broadcast', 'reply'] as const) {
      await queue(topic);
    }
    await stop();

    expect(await sendAll()).toEqual(['reply']);
  });

  it('what was canceled stays so after START, and what is written then goes out', async () => {
    await queue('order', 'before');
    await stop();
    await sendAll();
    await start();
    await queue('order', 'after');

    expect(await sendAll()).toEqual(['after']);
  });

  it('offers go only to whoever asked for them, news of orders to whoever did not refuse it', async () => {
    await queue('broadcast');
    await queue('order');
    expect(await sendAll()).toEqual(['order']);
    await says('broadcast', 'granted');
    await says('order', 'withdrawn');
    await queue('broadcast');
    await queue('order');
    await queue('staff');

    expect(await sendAll()).toEqual(['order', 'broadcast', 'staff']);
    expect(await settled()).toMatchObject([
      { body: 'broadcast', status: 'canceled', error_message: 'CONSENT_MISSING' },
      { body: 'order', status: 'accepted' },
      { body: 'broadcast', status: 'accepted' },
      { body: 'order', status: 'canceled', error_message: 'CONSENT_MISSING' },
      { body: 'staff', status: 'accepted' },
    ]);
  });

  it('the last word about a topic holds, and the history tells of every change', async () => {
    await says('broadcast', 'granted');
    await says('broadcast', 'withdrawn');
    await stop();
    await stop();
    await start();
    await says('broadcast', 'granted');

    expect(await shop.consents.read(shopper.shopperId)).toMatchObject({
      value: {
        shopper: {
          optedOutAt: null,
          consents: [
            { topic: 'order', state: 'granted', source: null },
            { topic: 'broadcast', state: 'granted', source: 'shopper' },
            { topic: 'order_sms', state: 'withdrawn', source: null },
            { topic: 'staff_sms', state: 'withdrawn', source: null },
          ],
        },
        history: [
          { topic: 'broadcast', state: 'granted' },
          { topic: 'all', state: 'granted' },
          { topic: 'all', state: 'withdrawn' },
          { topic: 'broadcast', state: 'withdrawn' },
          { topic: 'broadcast', state: 'granted' },
        ],
      },
    });
  });
});
