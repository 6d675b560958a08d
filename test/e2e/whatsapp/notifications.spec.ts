import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { count, rows } from './support/shop-rows';

interface PlacedOrder {
  id: string;
  number: number;
}

describe('news of an order, and who hears it', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  const order = async (phone: string): Promise<PlacedOrder> => {
    const placed = await shop.staff<PlacedOrder>('POST', '/api/v1/orders', {
      to: phone,
      lines: [{ sku: 'momo-veg', quantity: 1 }],
      fulfilment: 'pickup',
      payment: 'cash',
    });
    expect(placed.status).toBe(201);
    // The conversation window is open: what is tried here is not the template.
    await rows(shop.database.url, 'UPDATE conversations SET last_inbound_at = now() WHERE address = $1', [
      `whatsapp:${phone}`,
    ]);
    return placed.body;
  };
  const move = async ({ id }: PlacedOrder, to: string): Promise<void> => {
    expect((await shop.staff('POST', `/api/v1/orders/${id}/transitions`, { to })).status).toBe(200);
  };
  /** Until nothing waits to be told, or to be sent. */
  const allTold = async (): Promise<void> => {
    await until(
      async () =>
        (await count(shop.database.url, 'order_notifications')) === 0 &&
        (await count(shop.database.url, `outbox_messages WHERE status IN ('queued', 'sending')`)) === 0,
      { what: 'all news to be told' },
    );
  };
  /** As {@link allTold}, as if all that waits for the next change had waited long enough. */
  const allToldSoon = async (): Promise<void> => {
    await rows(shop.database.url, 'UPDATE order_notifications SET due_at = now()');
    await allTold();
  };
  const newsTo = async (phone: string): Promise<string[]> =>
    (await shop.twilio.acceptedMessages(phone)).map(({ body }) => body).filter((body) => body.includes('#'));
  const asks = async (phone: string, text: string): Promise<string> => {
    const shopper = shop.twilio.phone(phone);
    await shopper.says(text);
    return (await shopper.waitForReply()).body;
  };
  const heard = async (messageSid: string): Promise<void> => {
    await until(async () => {
      const found = await rows<{ status: string }>(
        shop.database.url,
        'SELECT status FROM inbox_messages WHERE sid = $1',
        [messageSid],
      );
      return found[0]?.status === 'processed';
    });
  };
  const repliesTo = async (phone: string): Promise<number> =>
    (await shop.twilio.phone(phone).chat()).filter(({ author }) => author === 'shop').length;

  it('is one message for two quick changes, and tells the last', async () => {
    const phone = '+9779860000001';
    const placed = await order(phone);
    await allToldSoon();

    await move(placed, 'confirmed');
    await move(placed, 'preparing');
    await allTold();

    expect(await newsTo(phone)).toEqual([
      `We have your order #${placed.number}.`,
      `Order #${placed.number} is being prepared.`,
    ]);
  });

  it.each([
    ['Nepali', '+9779860000002', 'बन्द गर्नुहोस्', /सन्देश आउँदैन/],
    ['Spanish', '+9779860000003', '¡Baja!', /no more messages/],
  ])(
    'stops with a word in %s, with one confirmation, and comes again after START',
    async (_, phone, word, said) => {
      const placed = await order(phone);
      await allToldSoon();
      await asks(phone, 'hi');
      expect(await asks(phone, word)).toMatch(said);
      const replies = await repliesTo(phone);

      await heard((await shop.twilio.phone(phone).says('STOP')).messageSid);
      await move(placed, 'confirmed');
      await allToldSoon();
      expect(await repliesTo(phone)).toBe(replies);
      expect(await newsTo(phone)).toHaveLength(1);

      await asks(phone, 'START');
      await move(placed, 'preparing');
      await allToldSoon();
      expect(await newsTo(phone)).toHaveLength(2);
    },
  );

  it('stops and comes again without a word of ours where Twilio has answered', async () => {
    const phone = '+9779860000004';
    const placed = await order(phone);
    await allToldSoon();
    const replies = await repliesTo(phone);
    const says = async (text: string, type: string): Promise<void> => {
      const { messageSid } = await shop.twilio.phone(phone).says(text, { parameters: { OptOutType: type } });
      await heard(messageSid);
    };

    await says('cancel', 'STOP');
    await move(placed, 'confirmed');
    await allToldSoon();
    await says('yes', 'START');
    await allToldSoon();
    expect(await repliesTo(phone)).toBe(replies);

    await move(placed, 'preparing');
    await allToldSoon();
    expect(await newsTo(phone)).toEqual([
      `We have your order #${placed.number}.`,
      `Order #${placed.number} is being prepared.`,
    ]);
  });

  it('can be refused alone, and offers too', async () => {
    const phone = '+9779860000005';
    const placed = await order(phone);
    await allToldSoon();
    expect(await asks(phone, 'Stop updates')).toMatch(/START UPDATES/);
    expect(await asks(phone, 'start offers')).toMatch(/STOP OFFERS/);
    await move(placed, 'confirmed');
    await allToldSoon();

    expect(await newsTo(phone)).toHaveLength(1);
    expect(await asks(phone, 'cart')).toMatch(/empty/i);
  });

  it('greets with the menu whoever writes START without a STOP', async () => {
    expect(await asks('+9779860000006', 'start')).toMatch(/^1\. /m);
  });
});
