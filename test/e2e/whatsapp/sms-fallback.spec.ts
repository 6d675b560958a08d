import { SmsCosts } from '@app/sms';
import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { count, rows, settled } from './support/shop-rows';

const SMS_SENDER = '+15005550006';

interface Message {
  id: string;
  status: string;
  channel: 'whatsapp' | 'sms';
  direction: 'inbound' | 'outbound';
  body: string;
  insteadOf: string | null;
  smsId: string | null;
  smsCost: object | null;
  from: string;
  to: string;
}

interface Thread {
  items: Message[];
  smsCost: object;
}

describe('an SMS in place of WhatsApp', () => {
  let shop: OpenShop;
  let shoppers = 0;
  beforeAll(async () => {
    shop = await openShop({ TWILIO_SMS_FROM: SMS_SENDER });
  });
  afterEach(() => shop.twilio.faults({}));
  afterAll(() => shop.close());

  /** Somebody who wrote on WhatsApp once, and has it no more. */
  const newShopper = async (...agreesTo: string[]) => {
    shoppers += 1;
    const number = `+97798390000${String(shoppers).padStart(2, '0')}`;
    const phone = shop.twilio.phone(number);
    await phone.says('hi');
    await phone.waitForReply();
    await settled(shop.database.url);
    await phone.set({ fails: { errorCode: 63024 } });
    const [conversation] = await rows<{ id: string; shopper_id: string }>(
      shop.database.url,
      'SELECT id, shopper_id FROM conversations WHERE address = $1',
      [`whatsapp:${number}`],
    );
    const { id, shopper_id: shopperId } = conversation!;
    for (const topic of agreesTo) {
      const path = `/api/v1/shoppers/${shopperId}/consents`;
      expect(
        (await shop.staff('POST', path, { topic, state: 'granted', reason: 'At the counter' })).status,
      ).toBe(200);
    }
    return { number, phone, id, shopperId };
  };
  const send = async (to: string, message: string): Promise<string> => {
    const sent = await shop.staff<{ id: string }>('POST', '/api/v1/whatsapp/send', { to, message });
    expect(sent.status).toBe(202);
    return sent.body.id;
  };
  const read = async (id: string): Promise<Message> =>
    (await shop.staff<Message>('GET', `/api/v1/whatsapp/messages/${id}`)).body;
  const thread = async (id: string): Promise<Thread> =>
    (await shop.staff<Thread>('GET', `/api/v1/conversations/${id}/messages`)).body;
  const smsTo = async (number: string) =>
    (await shop.twilio.acceptedMessages(number)).filter(({ channel }) => channel === 'sms');
  const hasStatus = (id: string, status: string): Promise<boolean> =>
    until(async () => (await read(id)).status === status, { what: `${id} to be ${status}` });

  it('brings what staff wrote to a recipient without WhatsApp, in the same thread, and once', async () => {
    const { number, id } = await newShopper('staff_sms');
    const written = await send(number, 'Your *momos* wait for you.');
    const sms = await until(async () => (await read(written)).smsId ?? undefined);
    await hasStatus(sms, 'delivered');

    expect(await read(written)).toMatchObject({ status: 'undelivered', errorCode: 63024, insteadOf: null });
    expect(await read(sms)).toMatchObject({
      from: SMS_SENDER,
      to: number,
      body: 'Your momos wait for you.',
      insteadOf: written,
      smsCost: { segments: 1, amount: null, currency: null },
    });
    expect((await smsTo(number)).map(({ from, to, body }) => [from, to, body])).toEqual([
      [SMS_SENDER, number, 'Your momos wait for you.'],
    ]);
    expect((await thread(id)).items.slice(0, 2)).toMatchObject([
      { id: sms, channel: 'sms', direction: 'outbound', insteadOf: written },
      { id: written, channel: 'whatsapp', direction: 'outbound', insteadOf: null },
    ]);
  });

  it('brings news of an order to whoever agreed to it, when the answer already names the trouble', async () => {
    const { number } = await newShopper('order_sms');
    await shop.twilio.faults({ reject: { to: `whatsapp:${number}` }, rejectCode: 63003, rejectStatus: 400 });
    await shop.staff('POST', '/api/v1/orders', {
      to: number,
      lines: [{ sku: 'momo-veg', quantity: 1 }],
      fulfilment: 'pickup',
      payment: 'cash',
    });
    const [news] = await until(
      async () => {
        const found = await smsTo(number);
        return found.length > 0 && found;
      },
      { timeoutMs: 20_000 },
    );
    expect(news?.body).toContain('#');
  });

  it('never comes unasked: nobody agreed, or to something else', async () => {
    const { number, id } = await newShopper('order_sms');
    const written = await send(number, 'Call us, please.');
    await hasStatus(written, 'undelivered');
    // Whoever is due after it has been served: it was passed over.
    const other = await newShopper('staff_sms');
    await send(other.number, 'Call us, please.');
    await until(async () => (await smsTo(other.number)).length > 0);

    expect(await smsTo(number)).toEqual([]);
    expect((await thread(id)).smsCost).toEqual({ messages: 0, segments: 0, amount: null, currency: null });
  });

  it('costs what Twilio tells later, and a conversation has one line', async () => {
    const { number, id } = await newShopper('staff_sms');
    const texts = ['x'.repeat(161), 'नमस्ते'];
    for (const text of texts) {
      const sms = await send(number, text);
      await hasStatus(await until(async () => (await read(sms)).smsId ?? undefined), 'delivered');
    }
    expect((await thread(id)).smsCost).toEqual({ messages: 2, segments: 3, amount: null, currency: null });
    await rows(shop.database.url, 'UPDATE sms_costs SET ask_at = now() WHERE conversation_id = $1', [id]);
    await shop.app.get(SmsCosts).askPrices();

    expect((await thread(id)).smsCost).toEqual({
      messages: 2,
      segments: 3,
      amount: '0.0225',
      currency: 'USD',
    });
  });

  describe('that a shopper writes', () => {
    const writes = async (number: string, text: string, parameters = {}): Promise<void> => {
      const { messageSid, webhooks } = await shop.twilio
        .phone(number)
        .says(text, { to: SMS_SENDER, parameters });
      expect(webhooks.map(({ status }) => status)).toEqual([200]);
      await until(
        async () =>
          (await count(shop.database.url, `inbox_messages WHERE sid = $1 AND status = 'processed'`, [
            messageSid,
          ])) === 1,
      );
    };

    it('with STOP opts out of everything, in silence: Twilio has answered', async () => {
      const { number, shopperId } = await newShopper('staff_sms');
      const before = (await shop.twilio.acceptedMessages(number)).length;
      await writes(number, 'Stop', { OptOutType: 'STOP' });

      const refused = await shop.staff('POST', '/api/v1/whatsapp/send', { to: number, message: 'Hello?' });
      expect(refused).toMatchObject({ status: 409, body: { code: 'RECIPIENT_OPTED_OUT' } });
      expect(await shop.twilio.acceptedMessages(number)).toHaveLength(before);
      await writes(number, 'start');
      const { body } = await shop.staff<{ optedOutAt: string | null }>(
        'GET',
        `/api/v1/shoppers/${shopperId}`,
      );
      expect(body.optedOutAt).toBeNull();
    });

    it('is in the thread, goes to staff, gets no answer of the bot and opens no window', async () => {
      const { number, id } = await newShopper();
      const before = (await shop.twilio.acceptedMessages(number)).length;
      const lastInbound = `SELECT last_inbound_at FROM conversations WHERE id = $1`;
      const [wrote] = await rows(shop.database.url, lastInbound, [id]);
      await writes(number, '1 x 10');

      const { items } = await thread(id);
      expect(items[0]).toMatchObject({ channel: 'sms', direction: 'inbound', body: '1 x 10' });
      const staffs = await shop.staff<{ items: { id: string }[] }>(
        'GET',
        '/api/v1/conversations?handledBy=staff',
      );
      expect(staffs.body.items.map((conversation) => conversation.id)).toContain(id);
      expect(await rows(shop.database.url, lastInbound, [id])).toEqual([wrote]);
      expect(await shop.twilio.acceptedMessages(number)).toHaveLength(before);
    });

    it('from somebody unknown begins a conversation', async () => {
      await writes('+9779839999999', 'Are you open?');
      const [begun] = await rows(
        shop.database.url,
        'SELECT handled_by, last_inbound_at FROM conversations WHERE address = $1',
        ['whatsapp:+9779839999999'],
      );
      expect(begun).toEqual({ handled_by: 'staff', last_inbound_at: null });
    });
  });

  it('that Twilio refuses because its owner said STOP opts the shopper out', async () => {
    const { number, shopperId } = await newShopper('staff_sms');
    await shop.twilio.faults({ reject: { to: `sms:${number}` }, rejectCode: 21610, rejectStatus: 400 });
    const written = await send(number, 'Your momos wait.');
    const sms = await until(async () => (await read(written)).smsId ?? undefined);
    await hasStatus(sms, 'failed');

    const { body } = await shop.staff<{ optedOutAt: string | null }>('GET', `/api/v1/shoppers/${shopperId}`);
    expect(body.optedOutAt).not.toBeNull();
  });
});
