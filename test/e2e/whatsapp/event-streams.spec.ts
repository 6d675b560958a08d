import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { outboxOf, rows } from './support/shop-rows';

describe('Event Streams beside webhooks that never come', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
    await shop.twilio.change({ eventsUrl: `${shop.url}/webhooks/twilio/events`, callbacks: 'off' });
    await shop.twilio.faults({ dropWebhooks: true });
  });
  afterAll(() => shop.close());

  it('bring the message, and what became of the reply', async () => {
    const number = '+9779833000001';
    const phone = shop.twilio.phone(number);
    const { messageSid } = await phone.says('hi');
    await phone.waitForReply();
    const [stored] = await rows<{ source: string }>(
      shop.database.url,
      'SELECT source FROM inbox_messages WHERE sid = $1',
      [messageSid],
    );
    expect(stored!.source).toBe('events');
    await until(async () => (await outboxOf(shop.database.url, number))[0]?.status === 'read');
  });
});
