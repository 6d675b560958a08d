import { openShop, type OpenShop } from '../support/open-shop';
import { count, metric, rows, settled } from './support/shop-rows';
import { newSid, postWebhook, sign, STATUS, textParams, WEBHOOK } from './support/signed-webhook';

const NEXT_TOKEN = 'fedcba9876543210fedcba9876543210';
const REFUSED = 'webhook_signature_errors_total{source="twilio"}';
const ALIAS = '/webhooks/twilio/whatsapp';

describe('the signature of a webhook', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop({ TWILIO_AUTH_TOKEN_NEXT: NEXT_TOKEN });
  });
  afterAll(() => shop.close());

  const inboxOf = (sid: string): Promise<number> =>
    count(shop.database.url, 'inbox_messages WHERE sid = $1', [sid]);

  it.each([
    ['no signature', WEBHOOK, null],
    ['a wrong signature', WEBHOOK, Buffer.alloc(20, 7).toString('base64')],
    ['an empty signature', WEBHOOK, ''],
    ['no signature at the alias', ALIAS, null],
    ['a wrong signature at the alias', ALIAS, 'not even base64'],
  ])('is refused with %s: 403, no row, counted', async (_, path, signature) => {
    const before = await metric(shop.url, REFUSED);
    const sid = newSid();
    const answer = await postWebhook(shop.url, textParams('+9779811000001', 'hi', { MessageSid: sid }), {
      path,
      signature,
    });
    expect([answer.status, answer.type]).toEqual([403, 'application/problem+json; charset=utf-8']);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 403, code: 'SIGNATURE_INVALID' });
    expect(await inboxOf(sid)).toBe(0);
    expect(await count(shop.database.url, 'inbox_quarantine')).toBe(0);
    expect(await metric(shop.url, REFUSED)).toBe(before + 1);
  });

  it('refuses a status callback without one, and counts it as its own source', async () => {
    const params = Object.entries({ MessageSid: newSid(), MessageStatus: 'read' });
    const answer = await postWebhook(shop.url, params, { path: `${STATUS}?m=1&a=1`, signature: null });
    expect(answer.status).toBe(403);
    expect(await count(shop.database.url, 'delivery_events')).toBe(0);
    expect(await metric(shop.url, 'webhook_signature_errors_total{source="twilio_status"}')).toBe(1);
  });

  it('is checked over the configured origin, whatever Host and X-Forwarded-* say', async () => {
    const lies = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil' };
    const honest = await postWebhook(shop.url, textParams('+9779811000002', 'hi'), { headers: lies });
    expect(honest.status).toBe(200);
    const forged = await postWebhook(shop.url, textParams('+9779811000002', 'hi'), {
      headers: lies,
      signedUrl: `https://evil.example${WEBHOOK}`,
    });
    expect(forged.status).toBe(403);
  });

  it('covers the path and the query as received', async () => {
    const params = textParams('+9779811000003', 'hi');
    const signature = sign(`${shop.url}${WEBHOOK}?a=1`, params);
    expect((await postWebhook(shop.url, params, { signature, path: `${WEBHOOK}?a=2` })).status).toBe(403);
    expect((await postWebhook(shop.url, params, { signature, path: ALIAS })).status).toBe(403);
    expect((await postWebhook(shop.url, params, { signature, path: `${WEBHOOK}?a=1` })).status).toBe(200);
  });

  it('may be made with the token that is being rotated in, and with no other', async () => {
    const post = (token: string): Promise<{ status: number }> =>
      postWebhook(shop.url, textParams('+9779811000004', 'hi'), { token });
    const { origin } = new URL(shop.url);
    const counted = (token: string): Promise<number> =>
      metric(
        shop.url,
        `webhook_verified_total{token="${token}",way="webhook",origin="${origin}",account="AC…aaaaaa"}`,
      );
    const before = await counted('next');
    expect((await post(NEXT_TOKEN)).status).toBe(200);
    expect((await post('00000000000000000000000000000000')).status).toBe(403);
    expect(await counted('next')).toBe(before + 1);
    const lastUsed = await metric(
      shop.url,
      'webhook_token_last_used_timestamp_seconds{token="next",account="AC…aaaaaa"}',
    );
    expect(Math.abs(Date.now() / 1_000 - lastUsed)).toBeLessThan(60);
  });

  it('keeps every value of a repeated parameter, untrimmed, and names with brackets', async () => {
    const sid = newSid();
    const params: [string, string][] = [
      ...textParams('+9779811000005', '  menu  \r\n', { MessageSid: sid }),
      ['Extra', '2'],
      ['Extra', '1'],
      ['a[b][c]', ' x '],
      ['__proto__', 'y'],
      ['', 'nameless'],
    ];
    expect((await postWebhook(shop.url, params)).status).toBe(200);
    const [row] = await rows<{ params: Record<string, unknown> }>(
      shop.database.url,
      'SELECT params FROM inbox_messages WHERE sid = $1',
      [sid],
    );
    expect(row!.params).toMatchObject({ Extra: ['2', '1'], 'a[b][c]': ' x ', Body: '  menu  \r\n' });
    await settled(shop.database.url);
  });
});

describe('the signature behind a public address', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop({
      WEBHOOK_URL: `https://shop.example${WEBHOOK}`,
      WEBHOOK_FALLBACK_URL: `https://spare.example:8443${WEBHOOK}`,
      WEBHOOK_URL_CANDIDATES: 'https://new.example/hook;until=2999-12-31',
    });
  });
  afterAll(() => shop.close());

  it.each([
    ['https://shop.example', 'webhook', 'webhook'],
    ['https://spare.example:8443', 'fallback', 'fallback'],
    ['https://new.example', 'candidate', 'webhook'],
  ])('is checked over %s, counted as %s and kept as from the %s', async (origin, way, source) => {
    const sid = newSid();
    const answer = await postWebhook(shop.url, textParams('+9779811000006', 'hi', { MessageSid: sid }), {
      signedUrl: origin + WEBHOOK,
    });
    expect(answer.status).toBe(200);
    expect(
      await metric(
        shop.url,
        `webhook_verified_total{token="current",way="${way}",origin="${origin}",account="AC…aaaaaa"}`,
      ),
    ).toBe(1);
    expect(
      await count(shop.database.url, 'inbox_messages WHERE sid = $1 AND source = $2', [sid, source]),
    ).toBe(1);
  });

  it('is not the one over the address that the process listens on', async () => {
    const { host } = new URL(shop.url);
    for (const signedUrl of [`https://${host}${WEBHOOK}`, `http://shop.example${WEBHOOK}`]) {
      const answer = await postWebhook(shop.url, textParams('+9779811000007', 'hi'), { signedUrl });
      expect(answer.status).toBe(403);
    }
  });
});
