import { TemplatesService } from '@app/templates';
import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { metric, rows, settled } from './support/shop-rows';

interface Row {
  id: string;
  status: string;
  body: string;
  error_code: number | null;
  error_message: string | null;
  content: { contentSid: string; variables: Record<string, string> } | null;
  repairs: string | null;
}

const DAY = '24 hours';

describe('the conversation window', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterEach(() => shop.twilio.faults({}));
  afterAll(() => shop.close());

  const bulkTo = (number: string): Promise<Row[]> =>
    rows<Row>(
      shop.database.url,
      `SELECT * FROM outbox_messages WHERE address = $1 AND topic <> 'reply' ORDER BY id`,
      [`whatsapp:${number}`],
    );
  const wroteAgo = async (number: string, period: string): Promise<void> => {
    await rows(
      shop.database.url,
      `UPDATE conversations SET last_inbound_at = now() - $2::interval WHERE address = $1`,
      [`whatsapp:${number}`, period],
    );
  };
  /** Somebody who has written and was answered. */
  const known = async (number: string): Promise<void> => {
    const phone = shop.twilio.phone(number);
    await phone.says('hi');
    await phone.waitForReply();
    await settled(shop.database.url);
  };
  const send = (to: string, message: string): Promise<{ status: number; body: Record<string, string> }> =>
    shop.staff('POST', '/api/v1/whatsapp/send', { to, message });
  const templatesTo = async (number: string) =>
    (await shop.twilio.acceptedMessages(number)).filter(
      ({ contentSid, list }) => contentSid !== null && list === null,
    );
  const placeOrder = (to: string) =>
    shop.staff<{ id: string; number: number }>('POST', '/api/v1/orders', {
      to,
      lines: [{ sku: 'momo-chicken', quantity: 1 }],
      fulfilment: 'pickup',
      payment: 'cash',
    });

  describe('without a template', () => {
    it('that is closed refuses what staff write, and Twilio is not asked', async () => {
      const number = '+9779836000001';
      await known(number);
      await wroteAgo(number, DAY);
      const before = (await shop.twilio.acceptedMessages(number)).length;

      const refused = await send(number, 'Your momos wait.');

      expect([refused.status, refused.body['code']]).toEqual([409, 'WINDOW_CLOSED']);
      expect(await bulkTo(number)).toEqual([]);
      expect(await shop.twilio.acceptedMessages(number)).toHaveLength(before);
      expect((await send('+9779836000099', 'To a stranger')).body['code']).toBe('WINDOW_CLOSED');
    });

    it('is open until 24 hours after the last message, less five minutes', async () => {
      const number = '+9779836000002';
      await known(number);
      await wroteAgo(number, '23 hours 54 minutes');
      expect((await send(number, 'Still inside')).status).toBe(202);
      await wroteAgo(number, '23 hours 56 minutes');
      expect((await send(number, 'Outside')).status).toBe(409);
    });

    it('that closes while a message waits keeps it from going out, and staff see why', async () => {
      const number = '+9779836000003';
      await known(number);
      const calls = await metric(shop.url, 'outbound_window_closed_total{outcome="refused"}');
      await shop.twilio.faults({ rateLimit: { times: 1, to: `whatsapp:${number}` } });
      const { body } = await send(number, 'It waits in the queue');
      await until(async () => (await bulkTo(number))[0]?.error_code === 20429);
      await wroteAgo(number, DAY);
      await until(async () => (await bulkTo(number))[0]?.status === 'failed');

      const message = await shop.staff<Row>('GET', `/api/v1/whatsapp/messages/${body['id'] ?? ''}`);
      expect(message.body).toMatchObject({
        status: 'failed',
        errorCode: 63016,
        errorMessage: expect.stringMatching(/^WINDOW_CLOSED/) as string,
      });
      expect(await metric(shop.url, 'outbound_window_closed_total{outcome="refused"}')).toBe(calls + 1);
      expect((await shop.twilio.acceptedMessages(number)).map(({ body: text }) => text)).not.toContain(
        'It waits in the queue',
      );
    });

    it('that is closed keeps the news of an order from going out, and the order is taken', async () => {
      const number = '+9779836000004';
      const placed = await placeOrder(number);
      expect(placed.status).toBe(201);
      await until(async () => (await bulkTo(number)).length > 0, { timeoutMs: 10_000 });
      await settled(shop.database.url);

      expect(await bulkTo(number)).toMatchObject([{ status: 'failed', error_code: 63016 }]);
      expect(await shop.twilio.acceptedMessages(number)).toEqual([]);
    });

    it('that Twilio finds closed leaves the message undelivered', async () => {
      const number = '+9779836000005';
      await known(number);
      await shop.twilio.phone(number).set({ windowClosed: true });
      await send(number, 'Hello?');
      await until(async () => (await bulkTo(number))[0]?.status === 'undelivered');

      expect(await bulkTo(number)).toMatchObject([{ error_code: 63016, repairs: null }]);
    });
  });

  describe('with templates', () => {
    beforeAll(async () => {
      const created = await shop.app.get(TemplatesService, { strict: false }).create();
      expect(created).toMatchObject({ ok: true });
    });

    it('shows them to staff, approved and bound', async () => {
      const synced = await shop.staff<{ approved: number; bound: number }>('POST', '/api/v1/templates/sync');
      expect(synced.body).toMatchObject({ approved: 4, bound: 4 });
      const { body } = await shop.staff<{ items: object[] }>('GET', '/api/v1/templates');
      expect(body.items).toContainEqual(
        expect.objectContaining({
          name: 'pasal_order_update',
          language: 'en',
          topic: 'order',
          approval: 'approved',
          category: 'UTILITY',
          variables: { 1: 'shop', 2: 'order_number', 3: 'order_status', 4: 'order_total' },
        }),
      );
    });

    it('is created once, however often it is asked for', async () => {
      const again = await shop.app.get(TemplatesService, { strict: false }).create();
      expect(again.ok && again.value.every(({ outcome }) => outcome === 'exists')).toBe(true);
    });

    it('sends the news of an order by template with every variable', async () => {
      const number = '+9779836000010';
      const { body } = await placeOrder(number);
      const [sent] = await until(async () => {
        const messages = await templatesTo(number);
        return messages.length > 0 && messages;
      });
      expect(sent!.body).toBe(
        `Hello, this is Pasal. Your order #${body.number} has a new status: placed. Its total is Rs. 180. ` +
          'If anything is not right, just answer this message.',
      );
      await settled(shop.database.url);
      const [row] = await bulkTo(number);
      expect(row).toMatchObject({ body: sent!.body, content: { contentSid: sent!.contentSid } });
      expect(Object.keys(row!.content!.variables)).toEqual(['1', '2', '3', '4']);
    });

    it('sends what staff write by template, and as it is while the window is open', async () => {
      const number = '+9779836000011';
      await known(number);
      expect((await send(number, 'Inside')).status).toBe(202);
      await settled(shop.database.url);
      await wroteAgo(number, DAY);
      expect((await send(number, 'Your\nmomos wait.')).status).toBe(202);
      await settled(shop.database.url);

      expect((await bulkTo(number)).map(({ content }) => content?.variables ?? null)).toEqual([
        null,
        { 1: 'Pasal', 2: 'Your momos wait.' },
      ]);
      expect(await templatesTo(number)).toHaveLength(1);
    });

    it('refuses what no template can say', async () => {
      const number = '+9779836000012';
      await known(number);
      await wroteAgo(number, DAY);
      const refused = await send(number, 'x'.repeat(1_500));
      expect([refused.status, refused.body['code']]).toEqual([409, 'WINDOW_CLOSED']);
    });

    it('says by template, once, what came back because the window was closed', async () => {
      const number = '+9779836000013';
      await known(number);
      await shop.twilio.phone(number).set({ windowClosed: true });
      await send(number, 'Are you there?');
      await until(async () => (await bulkTo(number))[1]?.status === 'read');

      const [first, second] = await bulkTo(number);
      expect(first).toMatchObject({ status: 'undelivered', error_code: 63016, content: null });
      expect(second).toMatchObject({ repairs: first!.id, content: { variables: { 2: 'Are you there?' } } });
      expect(await templatesTo(number)).toHaveLength(1);
    });

    it('does not repair a repair', async () => {
      const number = '+9779836000014';
      await known(number);
      await shop.twilio.phone(number).set({ fails: { status: 'undelivered', errorCode: 63016 } });
      await send(number, 'Are you there?');
      await until(async () => (await bulkTo(number))[1]?.status === 'undelivered');
      await shop.twilio.faults({ repeatCallbacks: true });
      await settled(shop.database.url);

      expect(await bulkTo(number)).toHaveLength(2);
    });

    it('says by template in the same row what Twilio refuses at once', async () => {
      const number = '+9779836000015';
      await known(number);
      await shop.twilio.faults({
        reject: { times: 1, to: `whatsapp:${number}` },
        rejectCode: 63016,
        rejectStatus: 400,
      });
      await send(number, 'Are you there?');
      await until(async () => (await bulkTo(number))[0]?.status === 'read');

      expect(await bulkTo(number)).toMatchObject([
        { error_code: null, content: { variables: { 1: 'Pasal' } } },
      ]);
    });
  });
});
