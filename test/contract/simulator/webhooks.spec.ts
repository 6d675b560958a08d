import { ACCOUNT_SID, ASHA, SENDER, isSigned, startBench, type Bench, type ReceivedRequest } from './bench';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await bench.driver.reset();
  await bench.driver.setWebhookUrl(`${bench.shop.url}/webhook?shop=7#rc=2&rp=5xx`);
  bench.shop.forget();
});

function only(): ReceivedRequest {
  expect(bench.shop.received).toHaveLength(1);
  return bench.shop.received[0]!;
}

const asha = (): ReturnType<Bench['driver']['phone']> => bench.driver.phone(ASHA);

describe('inbound webhooks', () => {
  it('looks like a real capture: signed, form-encoded, from TwilioProxy, with every parameter of a text', async () => {
    const { messageSid } = await asha().says("  don't *trim* me, नमस्ते + 👍 & 50%  ");
    const request = only();
    expect(isSigned(request)).toBe(true);
    expect(request.url).toBe(`${bench.shop.url}/webhook?shop=7`);
    expect(request.headers).toMatchObject({
      'user-agent': 'TwilioProxy/1.1',
      accept: '*/*',
      'content-type': 'application/x-www-form-urlencoded',
      'i-twilio-idempotency-token': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      'x-home-region': 'us1',
    });
    expect(request.parameters).toMatchObject({
      MessageSid: messageSid,
      SmsSid: messageSid,
      SmsMessageSid: messageSid,
      AccountSid: ACCOUNT_SID,
      From: ASHA,
      To: SENDER,
      WaId: '9779800000001',
      Body: "  don't *trim* me, नमस्ते + 👍 & 50%  ",
      NumMedia: '0',
      NumSegments: '1',
      MessageType: 'text',
      SmsStatus: 'received',
      ReferralNumMedia: '0',
      Forwarded: 'false',
      ApiVersion: '2010-04-01',
      ExternalUserId: expect.stringMatching(/^whatsapp:NP\./) as string,
    });
    expect(messageSid).toMatch(/^SM[0-9a-f]{32}$/);
  });

  it.each<[string, () => Promise<unknown>, Record<string, unknown>]>([
    [
      'a location',
      () => asha().sendsLocation({ latitude: '27.7172', longitude: '85.3240', label: 'Thamel' }),
      { Body: '', Latitude: '27.7172', Longitude: '85.3240', Label: 'Thamel' },
    ],
    [
      'a button tap',
      () => asha().taps({ title: 'Confirm', payload: 'cart:7:yes' }, { quote: `MM${'e5'.repeat(16)}` }),
      {
        Body: 'Confirm',
        ButtonText: 'Confirm',
        ButtonPayload: 'cart:7:yes',
        MessageType: 'interactive',
        OriginalRepliedMessageSid: `MM${'e5'.repeat(16)}`,
        OriginalRepliedMessageSender: SENDER,
      },
    ],
    [
      'a list reply',
      () => asha().picks({ id: 'momo', title: 'Momo' }),
      { Body: 'Momo', ListId: 'momo', ListTitle: 'Momo', MessageType: 'interactive' },
    ],
    [
      'a catalogue order',
      () =>
        asha().sends({
          kind: 'order',
          catalogId: '9',
          items: [{ product_retailer_id: 'MOMO', quantity: 2 }],
        }),
      {
        MessageType: 'order',
        ProductRetailerId: expect.stringContaining(
          '"product_items":[{"product_retailer_id":"MOMO"',
        ) as string,
      },
    ],
    [
      'a voice note',
      () => asha().sendsPicture({ contentType: 'audio/ogg' }),
      { MediaContentType0: 'audio/ogg' },
    ],
    ['something unsupported', () => asha().sends({ kind: 'unsupported' }), { Body: '', NumMedia: '0' }],
  ])('signs %s', async (_name, send, parameters) => {
    await send();
    expect(isSigned(only())).toBe(true);
    expect(only().parameters).toMatchObject(parameters);
  });

  it("hands out a picture at the API's own path, through a redirect", async () => {
    const data = Buffer.from('a picture').toString('base64');
    await asha().sendsPicture({ contentType: 'image/jpeg', data, body: 'this one' });
    const { NumMedia, MediaUrl0, MessageSid, MediaContentType0, Body } = only().parameters;
    expect({ NumMedia, MediaContentType0, Body }).toEqual({
      NumMedia: '1',
      MediaContentType0: 'image/jpeg',
      Body: 'this one',
    });
    expect(MediaUrl0).toContain(
      `${bench.simulator.url}/2010-04-01/Accounts/${ACCOUNT_SID}/Messages/${MessageSid!}/Media/ME`,
    );
    const response = await fetch(MediaUrl0!);
    expect(response.redirected).toBe(true);
    expect(await response.text()).toBe('a picture');
    await bench.driver.change({ mediaAuth: true });
    expect((await fetch(MediaUrl0!)).status).toBe(401);
  });

  it('comes from a business-scoped id alone when the shopper hides the number', async () => {
    await bench.driver.phone('NP.1A2B3C').says('hi');
    const { parameters } = only();
    expect(parameters).toMatchObject({ From: 'whatsapp:NP.1A2B3C', ExternalUserId: 'whatsapp:NP.1A2B3C' });
    expect(parameters).not.toHaveProperty('WaId');
    expect(isSigned(only())).toBe(true);
  });

  it('names the quoted message and its author', async () => {
    const sent = (await (await bench.send('1. Momo')).json()) as { sid: string };
    await asha().says('1 x 2', { quote: 'last' });
    expect(only().parameters).toMatchObject({
      OriginalRepliedMessageSid: sent.sid,
      OriginalRepliedMessageSender: SENDER,
    });
  });

  it('posts the same message again when told to, in a row or at once', async () => {
    const { webhooks } = await asha().says('yes', { repeat: 3, concurrent: true });
    expect(webhooks.map((webhook) => webhook.status)).toEqual([200, 200, 200]);
    expect(new Set(bench.shop.received.map((request) => request.parameters['MessageSid'])).size).toBe(1);
  });

  it('can forge a signature, and signs with a rotated token', async () => {
    await asha().says('hi', { forged: true });
    expect(isSigned(only())).toBe(false);
    bench.shop.forget();
    await bench.driver.change({ authToken: 'f'.repeat(32) });
    await asha().says('hi');
    expect(isSigned(only(), 'f'.repeat(32))).toBe(true);
  });

  it('retries as the URL fragment says, with one idempotency token', async () => {
    bench.shop.answers = [{ status: 503 }, { status: 500 }];
    const { webhooks } = await asha().says('hi');
    expect(webhooks[0]!.attempts.map((attempt) => attempt.status)).toEqual([503, 500, 200]);
    const tokens = bench.shop.received.map(({ headers }) => headers['i-twilio-idempotency-token']);
    expect(new Set(tokens).size).toBe(1);
  });

  it('does not retry an error answer by default, and calls the fallback URL', async () => {
    await bench.driver.change({ webhookUrl: `${bench.shop.url}/a`, fallbackUrl: `${bench.shop.url}/b` });
    bench.shop.answers = [{ status: 500 }];
    const { webhooks } = await asha().says('hi');
    expect(webhooks.map(({ kind, status }) => [kind, status])).toEqual([
      ['inbound', 500],
      ['fallback', 200],
    ]);
    expect(bench.shop.received.every((request) => isSigned(request))).toBe(true);
  });

  it('tries a refused connection twice and reports it', async () => {
    await bench.driver.change({ webhookUrl: 'http://127.0.0.1:1/', fallbackUrl: '' });
    const { webhooks } = await asha().says('hi');
    expect(webhooks[0]).toMatchObject({ status: null, problem: { code: 11205 } });
    expect(webhooks[0]!.attempts).toHaveLength(2);
  });

  it('stops waiting after the read time-out of the fragment', async () => {
    await bench.driver.setWebhookUrl(`${bench.shop.url}/webhook#rt=150&rc=0`);
    bench.shop.answers = [{ status: 200, delayMs: 1_500 }];
    const { webhooks } = await asha().says('hi');
    expect(webhooks[0]!.status).toBeNull();
    expect(webhooks[0]!.ms).toBeLessThan(1_400);
  });

  it('sends a plain text answer to the shopper, as the real one does', async () => {
    bench.shop.answers = [{ status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK' }];
    await asha().says('hi');
    expect(await asha().waitForReply()).toMatchObject({ body: 'OK', viaAnswer: true });
  });
});
