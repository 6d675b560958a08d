import { connect } from 'node:net';
import { openShop, type OpenShop } from '../support/open-shop';
import { count, rows, settled } from './support/shop-rows';
import { newSid, postWebhook, textParams, WEBHOOK } from './support/signed-webhook';

describe('the edges of the webhook', () => {
  let shop: OpenShop;
  let stalled: Promise<{ answer: string; ms: number }>;
  beforeAll(async () => {
    shop = await openShop();
    // Its time runs beside the other tests; the last one looks at it.
    stalled = stall(shop.url);
  });
  afterAll(() => shop.close());

  it.each(['GET', 'HEAD'])('answers a person who tries %s with 200', async (method) => {
    const response = await fetch(shop.url + WEBHOOK, { method });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(method === 'GET' ? 'OK' : '');
  });

  it('refuses a body over 64 KiB with 413, signed or not', async () => {
    const answer = await postWebhook(shop.url, textParams('+9779813000001', 'x'.repeat(64 * 1024)));
    expect([answer.status, answer.type]).toEqual([413, 'application/problem+json; charset=utf-8']);
  });

  it('answers a signed body just below 64 KiB', async () => {
    const answer = await postWebhook(shop.url, textParams('+9779813000001', 'x'.repeat(65_000)));
    expect(answer.status).toBe(200);
  });

  it.each(['text/plain', 'application/json', 'application/xml', 'multipart/form-data; boundary=x'])(
    'refuses %s with 415',
    async (type) => {
      const response = await fetch(shop.url + WEBHOOK, {
        method: 'POST',
        headers: { 'content-type': type },
        body: '{"MessageSid":"SM0"}',
      });
      expect(response.status).toBe(415);
    },
  );

  it('refuses a request line in absolute form instead of failing', async () => {
    const { hostname, port } = new URL(shop.url);
    const status = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `POST http://evil.example${WEBHOOK} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
            'X-Twilio-Signature: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\na=b',
        );
      });
      socket.once('data', (chunk: Buffer) => {
        resolve(chunk.toString().slice(9, 12));
        socket.destroy();
      });
      socket.on('error', reject);
    });
    expect(Number(status)).toBeGreaterThanOrEqual(400);
    expect(Number(status)).toBeLessThan(500);
  });

  it('parses 30,000 repeats of one name without holding up the others', async () => {
    const began = performance.now();
    const response = await fetch(shop.url + WEBHOOK, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': Buffer.alloc(20, 7).toString('base64'),
      },
      body: 'a&'.repeat(30_000),
    });
    expect(response.status).toBe(403);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  const astral = '😀';
  it.each([
    ['a NUL', '+9779813000011', 'he\u0000llo'],
    ['4,095 characters and an emoji across the cut', '+9779813000012', `${'x'.repeat(4_095)}${astral}`],
    ['10,000 emoji', '+9779813000013', astral.repeat(10_000 / 4)],
    [
      'right-to-left marks, tags and combining marks',
      '+9779813000014',
      '\u202Ehi\u202C \u{E0041} e\u0301\u0301',
    ],
    ['only spaces', '+9779813000015', ' \u00A0\t'],
  ])('answers a text with %s', async (_, phone, body) => {
    expect((await postWebhook(shop.url, textParams(phone, body))).status).toBe(200);
    await settled(shop.database.url);
    expect(await shop.twilio.acceptedMessages(phone)).toHaveLength(1);
  });

  it('answers half of a surrogate pair, which is no valid UTF-8', async () => {
    const sid = newSid();
    const params = textParams('+9779813000016', '\uFFFD\uFFFD\uFFFD', { MessageSid: sid });
    // Decoded, CESU-8 halves are three replacement characters: so Twilio's libraries sign them, too.
    expect((await postWebhook(shop.url, params)).status).toBe(200);
    await settled(shop.database.url);
    expect(await shop.twilio.acceptedMessages('+9779813000016')).toHaveLength(1);
  });

  it('keeps a name of a hundred characters and an emoji whole enough to store', async () => {
    const name = `${'n'.repeat(99)}${astral}`;
    await postWebhook(shop.url, textParams('+9779813000017', 'hi', { ProfileName: `${name}\u0000` }));
    await settled(shop.database.url);
    const stored = await rows<{ profile_name: string }>(
      shop.database.url,
      `SELECT profile_name FROM inbox_messages WHERE address = 'whatsapp:+9779813000017'`,
    );
    expect(stored[0]!.profile_name).toBe('n'.repeat(99));
    expect(await count(shop.database.url, `inbox_messages WHERE status = 'dead'`)).toBe(0);
  });

  it('give a body that never ends 408 within six seconds', async () => {
    const { answer, ms } = await stalled;
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(ms).toBeLessThan(6_500);
  });
});

/** Sends a head and the beginning of a body, and waits for whatever comes. */
function stall(url: string): Promise<{ answer: string; ms: number }> {
  const { hostname, port } = new URL(url);
  const began = Date.now();
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST ${WEBHOOK} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
          `X-Twilio-Signature: ${Buffer.alloc(20, 7).toString('base64')}\r\nContent-Length: 100\r\n\r\nBody=`,
      );
    });
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('close', () => {
      resolve({ answer, ms: Date.now() - began });
    });
    socket.on('error', reject);
  });
}
