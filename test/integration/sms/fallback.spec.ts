import { type OpenSms, openSms, SENDER, SMS_SENDER } from './open-sms';

const FAR_PAST = `interval '31 minutes'`;

describe('when an SMS says what WhatsApp could not bring', () => {
  let shop: OpenSms;
  beforeAll(async () => {
    shop = await openSms();
  });
  beforeEach(() => {
    shop.sent.length = 0;
  });
  afterAll(() => shop.close());

  it.each([63003, 63024])('its recipient has no WhatsApp (%i)', async (code) => {
    const shopper = await shop.newShopper('order_sms');
    const news = await shop.taken(shopper, 'order', 'Order #1001 is on its way');
    await shop.comesBack(news, code);
    await shop.fallback.sendDue();

    expect(await shop.smsTo(shopper)).toMatchObject([
      {
        instead_of: news,
        sender: SMS_SENDER,
        address: shopper.address.replace('whatsapp:', ''),
        body: 'Order #1001 is on its way',
        lane: 'bulk',
        status: 'queued',
      },
    ]);
  });

  it('goes out although the window is closed, because that is WhatsApp’s', async () => {
    const shopper = await shop.newShopper('order_sms');
    const news = await shop.taken(shopper, 'order', 'Ready');
    await shop.comesBack(news, 63024);
    await shop.fallback.sendDue();
    await shop.rows('UPDATE conversations SET last_inbound_at = NULL WHERE id = $1', [
      shopper.conversationId,
    ]);
    await shop.send(shopper.conversationId);

    // The bulk lane is emptied for everybody.
    const number = shopper.address.replace('whatsapp:', '');
    const sent = shop.sent.filter(({ address }) => address.endsWith(number));
    expect(sent.map(({ sender, body }) => [sender, body])).toEqual([
      [SENDER, 'Ready'],
      [SMS_SENDER, 'Ready'],
    ]);
  });

  it('it stayed undelivered for too long; what was delivered, or is not late, needs none', async () => {
    const late = await shop.newShopper('order_sms');
    const inTime = await shop.newShopper('order_sms');
    const delivered = await shop.newShopper('order_sms');
    const ids = [await shop.taken(late, 'order'), await shop.taken(delivered, 'order')];
    await shop.taken(inTime, 'order');
    await shop.rows(`UPDATE outbox_messages SET accepted_at = accepted_at - ${FAR_PAST} WHERE id = ANY($1)`, [
      ids,
    ]);
    await shop.rows(`UPDATE outbox_messages SET status = 'delivered' WHERE id = $1`, [ids[1]]);
    await shop.fallback.sendDue();

    expect(await shop.smsTo(late)).toMatchObject([{ instead_of: ids[0] }]);
    expect(await shop.smsTo(inTime)).toEqual([]);
    expect(await shop.smsTo(delivered)).toEqual([]);
  });

  it('one is written, however many workers look, and however often', async () => {
    const workers = [await shop.another(), await shop.another(), await shop.another()];
    const shoppers = await Promise.all(Array.from({ length: 8 }, () => shop.newShopper('order_sms')));
    for (const shopper of shoppers) {
      await shop.comesBack(await shop.taken(shopper, 'order'), 63024);
    }
    await Promise.all([...workers, shop, ...workers].map(({ fallback }) => fallback.sendDue()));
    await shop.fallback.sendDue();

    const written = await Promise.all(shoppers.map((shopper) => shop.smsTo(shopper)));
    expect(written.map((sms) => sms.length)).toEqual(shoppers.map(() => 1));
    const [costs] = await shop.rows<{ n: number }>(
      'SELECT count(*)::int AS n FROM sms_costs WHERE conversation_id = ANY($1)',
      [shoppers.map(({ conversationId }) => conversationId)],
    );
    expect(costs).toEqual({ n: 8 });
    await Promise.all(workers.map((worker) => worker.close()));
  });

  it('none in quiet hours for news, which wait for their end; what staff write does not wait', async () => {
    const shopper = await shop.newShopper('order_sms', 'staff_sms');
    await shop.comesBack(await shop.taken(shopper, 'order'), 63024);
    await shop.comesBack(await shop.taken(shopper, 'staff'), 63024);
    const now = new Date();
    const minute = (offset: number): string =>
      new Date(now.getTime() + offset * 60_000).toISOString().slice(11, 16);
    const quiet = await shop.another({ SHOP_TIMEZONE: 'UTC', QUIET_HOURS: `${minute(-60)}-${minute(60)}` });
    await quiet.fallback.sendDue();
    expect((await shop.smsTo(shopper)).map(({ body }) => body)).toEqual(['staff']);

    await shop.fallback.sendDue();
    expect((await shop.smsTo(shopper)).map(({ body }) => body)).toEqual(['staff', 'order']);
    await quiet.close();
  });

  it('none for an answer or an offer, another trouble, yesterday’s news, an address without a number', async () => {
    const shopper = await shop.newShopper('order_sms', 'staff_sms', 'broadcast');
    for (const topic of ['reply', 'broadcast'] as const) {
      await shop.comesBack(await shop.taken(shopper, topic), 63024);
    }
    await shop.comesBack(await shop.taken(shopper, 'order', 'blocked by Meta'), 63032);
    const old = await shop.taken(shopper, 'order', 'old');
    await shop.comesBack(old, 63024);
    await shop.rows(
      `UPDATE outbox_messages SET created_at = created_at - interval '25 hours' WHERE id = $1`,
      [old],
    );
    const hidden = await shop.taken(shopper, 'order', 'hidden');
    await shop.comesBack(hidden, 63024);
    await shop.rows(`UPDATE outbox_messages SET address = 'whatsapp:NP.1A2B' WHERE id = $1`, [hidden]);
    await shop.fallback.sendDue();

    expect(await shop.smsTo(shopper)).toEqual([]);
  });

  it('none without a number to send from', async () => {
    const without = await shop.another({ TWILIO_SMS_FROM: '' });
    const shopper = await shop.newShopper('order_sms');
    await shop.comesBack(await shop.taken(shopper, 'order'), 63024);
    await without.fallback.sendDue();

    expect(await shop.smsTo(shopper)).toEqual([]);
    await without.close();
  });

  it('none for whoever did not agree, or wants no news, or said STOP', async () => {
    const shoppers = [
      await shop.newShopper(),
      await shop.newShopper('staff_sms'),
      await shop.newShopper('order_sms'),
      await shop.newShopper('order_sms'),
      await shop.newShopper('order_sms'),
    ];
    for (const shopper of shoppers) {
      await shop.comesBack(await shop.taken(shopper, 'order'), 63024);
    }
    await shop.says(shoppers[2]!, 'order', 'withdrawn');
    await shop.says(shoppers[3]!, 'order_sms', 'withdrawn');
    await shop.says(shoppers[4]!, 'all', 'withdrawn');
    await shop.fallback.sendDue();

    expect((await Promise.all(shoppers.map((shopper) => shop.smsTo(shopper)))).flat()).toEqual([]);
  });

  it('one that waits is canceled when its consent is withdrawn, and Twilio is not asked', async () => {
    const shopper = await shop.newShopper('order_sms');
    await shop.comesBack(await shop.taken(shopper, 'order'), 63024);
    await shop.fallback.sendDue();
    await shop.says(shopper, 'order_sms', 'withdrawn');
    shop.sent.length = 0;
    await shop.send(shopper.conversationId);

    expect(await shop.smsTo(shopper)).toMatchObject([
      { status: 'canceled', error_message: 'CONSENT_MISSING' },
    ]);
    expect(shop.sent).toEqual([]);
  });

  it('an SMS that fails is not said again by SMS', async () => {
    const shopper = await shop.newShopper('order_sms');
    await shop.comesBack(await shop.taken(shopper, 'order'), 63024);
    await shop.fallback.sendDue();
    await shop.send(shopper.conversationId);
    const [sms] = await shop.smsTo(shopper);
    await shop.comesBack(sms!.id, 63024);
    await shop.fallback.sendDue();

    expect(await shop.smsTo(shopper)).toMatchObject([{ id: sms!.id, status: 'undelivered' }]);
  });
});
