import { TemplatesService } from '@app/templates';
import { TEST_ACCOUNT_SID, TEST_AUTH_TOKEN, until } from '@app/testing';
import { count, rows, settled } from '../whatsapp/support/shop-rows';
import {
  BUTWAL,
  KATHMANDU,
  openTwoAccounts,
  OTHER_ACCOUNT,
  OTHER_TOKEN,
  POKHARA,
  type TwoAccounts,
} from './open-two-accounts';

const MENU = 'Show products';

describe('staff of a shop with senders in two accounts', () => {
  let shop: TwoAccounts;
  beforeAll(async () => {
    shop = await openTwoAccounts();
  });
  afterAll(() => shop.close());

  const send = (to: string, from?: string): Promise<{ status: number; body: { code?: string } }> =>
    shop.staff('POST', '/api/v1/whatsapp/send', {
      to,
      message: 'Momos!',
      ...(from !== undefined && { from }),
    });
  const closeWindows = async (number: string): Promise<void> => {
    await rows(
      shop.database.url,
      `UPDATE conversations SET last_inbound_at = last_inbound_at - interval '30 hours' WHERE address = $1`,
      [`whatsapp:${number}`],
    );
  };

  it('see every sender with its account, hours and limit, and never a token', async () => {
    const { body } = await shop.staff<{ items: object[] }>('GET', '/api/v1/senders');
    expect(body.items).toMatchObject([
      { id: KATHMANDU, name: null, account: 'AC…aaaaaa', quietHours: null, maxMps: null, state: 'active' },
      {
        id: POKHARA,
        name: 'Pokhara',
        account: 'AC…bbbbbb',
        quietHours: expect.stringMatching(/^\d\d:\d\d-\d\d:\d\d$/) as string,
        maxMps: 20,
        state: 'active',
      },
      { id: BUTWAL, name: null, account: 'AC…bbbbbb', quietHours: null, maxMps: null, state: 'active' },
    ]);
    const text = JSON.stringify(body);
    for (const secret of [TEST_AUTH_TOKEN, OTHER_TOKEN, TEST_ACCOUNT_SID, OTHER_ACCOUNT]) {
      expect(text).not.toContain(secret);
    }
  });

  it('write from the sender that they name, else from the one that the shopper wrote to last', async () => {
    const number = '+9779862000001';
    await shop.asks(number, KATHMANDU, 'help');
    await shop.asks(number, BUTWAL, 'help');
    expect((await send(number)).status).toBe(202);
    expect((await send(number, '+1 415-523-8886')).status).toBe(202);
    await settled(shop.database.url);
    const sent = (await shop.twilio.acceptedMessages(number)).filter(({ body }) => body === 'Momos!');
    expect(sent.map(({ from }) => from).sort()).toEqual([KATHMANDU, BUTWAL].sort());
    expect(await send(number, '+14155550199')).toMatchObject({
      status: 400,
      body: { code: 'SENDER_INVALID', errors: [{ field: 'from' }] },
    });
  });

  it('have templates in each account, and none of them serves the senders of another one', async () => {
    const number = '+9779862000002';
    const templates = shop.app.get(TemplatesService, { strict: false });
    expect((await templates.create()).ok).toBe(true);
    const owners = await rows(
      shop.database.url,
      'SELECT account, count(*)::int AS n FROM templates GROUP BY account ORDER BY account',
    );
    expect(owners).toEqual([
      { account: TEST_ACCOUNT_SID, n: 8 },
      { account: OTHER_ACCOUNT, n: 8 },
    ]);
    const titlesFrom = async (sender: string): Promise<string | undefined> =>
      (await shop.asks(number, sender, 'hi')).list?.items[0]?.title;
    expect(await titlesFrom(KATHMANDU)).toBe(MENU);
    expect(await titlesFrom(POKHARA)).toBe(MENU);

    await deleteTemplatesOf(OTHER_ACCOUNT, OTHER_TOKEN);
    expect(await templates.sync()).toMatchObject({ ok: true, value: { templates: 8 } });
    expect(await titlesFrom(KATHMANDU)).toBe(MENU);
    expect((await shop.asks(number, POKHARA, 'hi')).list).toBeNull();

    await closeWindows(number);
    expect(await send(number, POKHARA)).toMatchObject({ status: 409, body: { code: 'WINDOW_CLOSED' } });
    expect((await send(number, KATHMANDU)).status).toBe(202);
    await settled(shop.database.url);
    const last = (await shop.twilio.acceptedMessages(number)).at(-1);
    expect(last).toMatchObject({ from: KATHMANDU, contentSid: expect.stringMatching(/^HX/) as string });
  });

  it('broadcast from a sender, and not by a template of another account', async () => {
    const [known] = await rows<{ content_sid: string }>(
      shop.database.url,
      'SELECT content_sid FROM templates LIMIT 1',
    );
    const draft = (sender: string, content: object): Promise<{ status: number; body: { sender?: string } }> =>
      shop.staff('POST', '/api/v1/broadcasts', {
        name: 'Tihar',
        sender,
        segment: {},
        content,
        messagesPerMinute: 60,
        budget: { mostMessages: 10 },
      });
    const template = { type: 'template', text: 'Hello', contentSid: known!.content_sid, variables: {} };
    expect(await draft(POKHARA, { type: 'text', text: 'Hello' })).toMatchObject({
      status: 201,
      body: { sender: POKHARA },
    });
    expect((await draft(KATHMANDU, template)).status).toBe(201);
    expect(await draft(POKHARA, template)).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED', errors: [{ field: 'content.contentSid' }] },
    });
    expect(await draft('+14155550199', template)).toMatchObject({
      status: 400,
      body: { code: 'SENDER_INVALID' },
    });
  });

  it('move orders whose news waits while their sender keeps quiet, and no other', async () => {
    const [told, waits] = ['+9779862000003', '+9779862000004'];
    await shop.asks(told, BUTWAL, 'help');
    await shop.asks(waits, POKHARA, 'help');
    for (const to of [told, waits]) {
      const { status } = await shop.staff('POST', '/api/v1/orders', {
        to,
        lines: [{ sku: 'momo-veg', quantity: 1 }],
        fulfilment: 'pickup',
        payment: 'cash',
      });
      expect(status).toBe(201);
    }
    await rows(shop.database.url, 'UPDATE order_notifications SET due_at = now()');
    const news = async (number: string): Promise<(string | null)[]> =>
      (await shop.twilio.acceptedMessages(number))
        .filter(({ body }) => body.includes('#'))
        .map(({ from }) => from);
    await until(async () => (await news(told)).length > 0);
    expect(await news(told)).toEqual([BUTWAL]);
    expect(await news(waits)).toEqual([]);
    expect(
      await count(
        shop.database.url,
        'order_notifications JOIN conversations c ON c.id = conversation_id WHERE sender = $1',
        [POKHARA],
      ),
    ).toBe(1);
  });

  /** As somebody would in Twilio's console. */
  async function deleteTemplatesOf(account: string, token: string): Promise<void> {
    const authorization = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`;
    const call = (method: string, path: string): Promise<Response> =>
      fetch(`${shop.twilio.baseUrl}/v1/${path}`, { method, headers: { authorization } });
    const { contents } = (await (await call('GET', 'Content')).json()) as { contents: { sid: string }[] };
    await Promise.all(contents.map(({ sid }) => call('DELETE', `Content/${sid}`)));
  }
});
