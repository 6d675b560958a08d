import { createHash } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { TEST_ACCOUNT_SID, TEST_AUTH_TOKEN, until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { count, metric, outboxOf, rows, settled } from './support/shop-rows';
import { newSid, postWebhook, SENDER, textParams } from './support/signed-webhook';

const EVENTS = '/webhooks/twilio/events';
const LONG_AGO = '2026-01-01T00:00:00.000Z';

type Data = Record<string, unknown>;

const inbound = (from: string, body: string, more: Data = {}): object => ({
  specversion: '1.0',
  type: 'com.twilio.messaging.inbound-message.received',
  source: '/2010-04-01/Accounts',
  id: `EZ${newSid().slice(2)}`,
  dataschema: 'https://events-schemas.twilio.com/Messaging.InboundMessageV1/6',
  datacontenttype: 'application/json',
  time: LONG_AGO,
  data: {
    messageSid: newSid(),
    accountSid: TEST_ACCOUNT_SID,
    timestamp: LONG_AGO,
    eventName: 'com.twilio.messaging.inbound-message.received',
    from: `whatsapp:${from}`,
    to: SENDER,
    body,
    numMedia: 0,
    numSegments: 1,
    recipients: [],
    ...more,
  },
});

const status = (word: string, data: Data): object => ({
  specversion: '1.0',
  type: `com.twilio.messaging.message.${word}`,
  id: `EZ${newSid().slice(2)}`,
  data: {
    accountSid: TEST_ACCOUNT_SID,
    from: SENDER,
    messageStatus: word.toUpperCase(),
    timestamp: LONG_AGO,
    ...data,
  },
});

describe('the Event Streams sink', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  async function post(
    body: string | Buffer,
    { hashOf = body, token = TEST_AUTH_TOKEN, type = 'application/json', query = '' } = {},
  ): Promise<number> {
    const hash = createHash('sha256').update(hashOf).digest('hex');
    const path = `${EVENTS}?${query}bodySHA256=${hash}`;
    const response = await fetch(shop.url + path, {
      method: 'POST',
      headers: {
        'content-type': type,
        'x-twilio-signature': getExpectedTwilioSignature(token, shop.url + path, {}),
      },
      body,
    });
    return response.status;
  }
  const send = (...events: unknown[]): Promise<number> => post(JSON.stringify(events));
  const inboxOf = (phone: string): Promise<{ sid: string; source: string; content: object }[]> =>
    rows(
      shop.database.url,
      'SELECT sid, source, content FROM inbox_messages WHERE address = $1 ORDER BY id',
      [`whatsapp:${phone}`],
    );

  it('brings a message that no webhook brought, as text that may have been more', async () => {
    expect(await send(inbound('+9779815000001', 'hi', { messageSid: `SM${'1'.repeat(32)}` }))).toBe(204);
    expect(await inboxOf('+9779815000001')).toEqual([
      {
        sid: `SM${'1'.repeat(32)}`,
        source: 'events',
        content: { type: 'text', text: 'hi', partial: true },
      },
    ]);
    await settled(shop.database.url);
    expect(await shop.twilio.acceptedMessages('+9779815000001')).toHaveLength(1);
  });

  it('adds nothing to a message that its webhook brought, nor does the webhook afterwards', async () => {
    const [first, second] = [newSid(), newSid()];
    await postWebhook(shop.url, textParams('+9779815000002', 'hi', { MessageSid: first }));
    expect(await send(inbound('+9779815000002', 'hi', { messageSid: first }))).toBe(204);
    expect(await send(inbound('+9779815000002', 'cart', { messageSid: second }))).toBe(204);
    await postWebhook(shop.url, textParams('+9779815000002', 'cart', { MessageSid: second }));
    expect((await inboxOf('+9779815000002')).map(({ source }) => source)).toEqual(['webhook', 'events']);
    expect(await metric(shop.url, 'stream_events_total{kind="message",outcome="repeated"}')).toBe(1);
  });

  it('lets the webhook of a fresh message go first: it holds the tap that the event does not', async () => {
    const sid = newSid();
    const now = new Date().toISOString();
    const event = send(inbound('+9779815000003', 'Cart', { messageSid: sid, timestamp: now }));
    await until(async () => (await metric(shop.url, 'webhook_requests_total{source="twilio_events"}')) > 0);
    const tap = { MessageSid: sid, ButtonPayload: 'cart', ButtonText: 'Cart' };
    await postWebhook(shop.url, textParams('+9779815000003', 'Cart', tap));
    expect(await event).toBe(204);
    expect(await inboxOf('+9779815000003')).toMatchObject([
      { source: 'webhook', content: { type: 'selection', id: 'cart' } },
    ]);
  });

  it("keeps one shopper's messages of a batch in their order", async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`);
    expect(await send(...texts.map((text) => inbound('+9779815000004', text)))).toBe(204);
    expect((await inboxOf('+9779815000004')).map(({ content }) => content)).toEqual(
      texts.map((text) => ({ type: 'text', text, partial: true })),
    );
  });

  it('moves a message on, also one that only the callback URL names', async () => {
    await postWebhook(shop.url, textParams('+9779815000005', 'hi'));
    await settled(shop.database.url);
    const [reply] = await outboxOf(shop.database.url, '+9779815000005');
    const statusCallBackUrl = `${shop.settings.statusCallbackUrl}?m=${reply!.id}&a=1`;
    expect(
      await send(
        status('read', { messageSid: reply!.sid }),
        status('failed', {
          messageSid: newSid(),
          errorCode: 63016,
          statusCallBackUrl: 'https://x.example/?m=1',
        }),
        status('sent', { messageSid: reply!.sid, statusCallBackUrl }),
        status('read', { messageSid: newSid(), from: '+15005550006' }),
      ),
    ).toBe(204);
    expect((await outboxOf(shop.database.url, '+9779815000005'))[0]!.status).toBe('read');
    expect(await count(shop.database.url, 'delivery_events WHERE error_code = 63016')).toBe(1);
  });

  it('takes what it can use of a batch, keeps apart what has no shape, and passes over the rest', async () => {
    const before = await count(shop.database.url, 'inbox_quarantine');
    const odd = [
      null,
      7,
      'x',
      [],
      {},
      { type: 'com.twilio.voice.insights.call-summary.complete', data: {} },
      { type: 7, data: 'x' },
      inbound('+9779815000006', 'to another sender', { to: 'whatsapp:+15005550006' }),
      inbound('+9779815000006', 'without a SID', { messageSid: '' }),
      inbound('+9779815000006', 'of another account', { accountSid: `AC${'b'.repeat(32)}` }),
      { ...inbound('+9779815000006', ''), data: { to: SENDER, nul: '\u0000', half: '\uD800' } },
    ];
    expect(await send(...odd, inbound('+9779815000006', 'a NUL \u0000, half \uD83D'), ...odd)).toBe(204);
    expect(await inboxOf('+9779815000006')).toHaveLength(1);
    expect(await count(shop.database.url, 'inbox_quarantine')).toBe(before + 6);
  });

  it.each([
    ['no JSON', '{"a":'],
    ['a number', '7'],
    ['nothing', ' '],
  ])('keeps %s apart instead of asking for it again for four hours', async (_, body) => {
    const before = await count(shop.database.url, 'inbox_quarantine');
    expect(await post(body)).toBe(204);
    expect(await count(shop.database.url, 'inbox_quarantine')).toBe(before + 1);
  });

  it('takes an event that comes alone, and bytes that are no UTF-8', async () => {
    expect(await post(JSON.stringify(inbound('+9779815000007', 'alone')))).toBe(204);
    const [head = '', tail = ''] = JSON.stringify([inbound('+9779815000007', '|')]).split('|');
    expect(await post(Buffer.concat([Buffer.from(head), Buffer.of(0xff), Buffer.from(tail)]))).toBe(204);
    expect((await inboxOf('+9779815000007')).map(({ content }) => content)).toMatchObject([
      { text: 'alone' },
      { text: '\uFFFD' },
    ]);
  });

  it.each([
    ['a wrong token', { token: 'f'.repeat(32) }, 403],
    ['the hash of another body', { hashOf: '[]' }, 403],
    ['a form', { type: 'application/x-www-form-urlencoded' }, 415],
    ['text', { type: 'text/plain' }, 415],
  ])('refuses %s, and stores nothing', async (_, how, expected) => {
    const event = JSON.stringify([inbound('+9779815000008', 'forged')]);
    expect(await post(event, how)).toBe(expected);
    expect(await inboxOf('+9779815000008')).toEqual([]);
  });

  it('refuses a body whose hash is not signed, and JSON at the other webhooks', async () => {
    const body = JSON.stringify([inbound('+9779815000008', 'forged')]);
    const unhashed = getExpectedTwilioSignature(TEST_AUTH_TOKEN, shop.url + EVENTS, {});
    const headers = { 'content-type': 'application/json', 'x-twilio-signature': unhashed };
    expect((await fetch(shop.url + EVENTS, { method: 'POST', headers, body })).status).toBe(403);
    expect(
      (await fetch(`${shop.url}/api/v1/whatsapp/webhook`, { method: 'POST', headers, body })).status,
    ).toBe(415);
  });

  it('takes a batch of almost 1 MiB, and refuses a larger one', async () => {
    const filler = 'x'.repeat(1_000);
    const large = Array.from({ length: 700 }, (_, index) => ({ type: 'other', data: { filler, index } }));
    expect(await send(...large, inbound('+9779815000009', 'at the end'))).toBe(204);
    expect(await inboxOf('+9779815000009')).toHaveLength(1);
    expect(await send(...large, ...large)).toBe(413);
  });
});
