import { createHash, createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { TEST_AUTH_TOKEN } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { rawStatus } from './support/raw-request';
import { count, metric } from './support/shop-rows';
import { postWebhook, sign, STATUS, textParams, WEBHOOK } from './support/signed-webhook';

const FORM = 'application/x-www-form-urlencoded';
const FITS_NOTHING = Buffer.alloc(20, 7).toString('base64');

/** A head and a body, byte by byte as the row wants them. */
const raw = (start: string, headers: readonly string[], body = ''): string =>
  [start, ...headers, '', body].join('\r\n');
const post = (headers: readonly string[], body = 'a=b'): string =>
  raw(`POST ${WEBHOOK} HTTP/1.1`, ['Host: x', `Content-Type: ${FORM}`, ...headers], body);
const signed = `X-Twilio-Signature: ${FITS_NOTHING}`;

describe('bad HTTP at the webhook', () => {
  let shop: OpenShop;
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => void rejections.push(reason);
  beforeAll(async () => {
    process.on('unhandledRejection', note);
    shop = await openShop();
  });
  afterAll(async () => {
    process.off('unhandledRejection', note);
    await shop.close();
  });

  const stored = (): Promise<number[]> =>
    Promise.all(
      ['inbox_messages', 'inbox_quarantine', 'delivery_events', 'outbox_messages'].map((table) =>
        count(shop.database.url, table),
      ),
    );

  async function leavesNoTrace(refused: () => Promise<number>, expected: number): Promise<void> {
    const before = await stored();
    expect(await refused()).toBe(expected);
    expect(await stored()).toEqual(before);
  }

  it.each<[string, number, string | Buffer]>([
    ['no Host', 400, raw(`POST ${WEBHOOK} HTTP/1.1`, [`Content-Type: ${FORM}`, 'Content-Length: 3'], 'a=b')],
    ['two Hosts, unsigned', 403, post(['Host: y', 'Content-Length: 3'])],
    ['HTTP/1.0, unsigned', 403, post(['Content-Length: 3']).replace('HTTP/1.1', 'HTTP/1.0')],
    ['HTTP/3.7', 400, post(['Content-Length: 3']).replace('HTTP/1.1', 'HTTP/3.7')],
    ['no version', 403, `POST ${WEBHOOK}\r\n\r\n`],
    ['TLS on a plain port', 400, Buffer.from('160301010001000000', 'hex')],
    ['a word for a length', 400, post(['Content-Length: three'])],
    ['a negative length', 400, post(['Content-Length: -3'])],
    ['two lengths', 400, post(['Content-Length: 3', 'Content-Length: 4'])],
    ['a length and chunks', 400, post(['Content-Length: 3', 'Transfer-Encoding: chunked'], '0\r\n\r\n')],
    [
      'chunks twice encoded',
      400,
      post([signed, 'Transfer-Encoding: chunked, identity'], '3\r\na=b\r\n0\r\n\r\n'),
    ],
    ['a chunk of no number', 400, post([signed, 'Transfer-Encoding: chunked'], 'zz\r\na=b\r\n0\r\n\r\n')],
    [
      'a chunk longer than it says',
      400,
      post([signed, 'Transfer-Encoding: chunked'], '1\r\na=b\r\n0\r\n\r\n'),
    ],
    ['a header of 20 KB', 431, post([`X-Long: ${'x'.repeat(20_000)}`])],
    ['3,000 headers', 431, post(Array.from({ length: 3_000 }, (_, i) => `X-Header-${i}: x`))],
    ['a NUL in a header', 400, post(['X-Odd: a\u0000b', 'Content-Length: 3'])],
    ['a header without a colon', 400, post(['Odd', 'Content-Length: 3'])],
    ['a space before the colon', 400, post(['Content-Length : 3'])],
    ['a method in small letters', 400, post(['Content-Length: 3']).replace('POST', 'post')],
    ['an unknown method', 400, post(['Content-Length: 3']).replace('POST', 'BREW')],
    ['a space in the path', 400, post(['Content-Length: 3']).replace(WEBHOOK, '/api v1')],
    ['a length of 1 TB', 413, post([signed, 'Content-Length: 1099511627776'])],
    ['a length beyond all numbers', 400, post([signed, `Content-Length: ${'9'.repeat(30)}`])],
    [
      '70 KB in chunks',
      413,
      post([signed, 'Transfer-Encoding: chunked'], `11170\r\n${'x'.repeat(70_000)}\r\n0\r\n\r\n`),
    ],
    ['an Upgrade, unsigned', 403, post(['Connection: Upgrade', 'Upgrade: websocket', 'Content-Length: 3'])],
    ['two signatures', 403, post([signed, signed, 'Content-Length: 3'])],
  ])('with %s is answered %d', async (_, expected, bytes) => {
    await leavesNoTrace(() => rawStatus(shop.url, bytes), expected);
  });

  it.each<[string, string, number]>([
    ['PUT', WEBHOOK, 404],
    ['PATCH', WEBHOOK, 404],
    ['DELETE', WEBHOOK, 404],
    ['OPTIONS', WEBHOOK, 404],
    ['GET', STATUS, 404],
    ['GET', '/webhooks/twilio/events', 404],
    ['POST', `${WEBHOOK}/`, 404],
    ['POST', WEBHOOK.toUpperCase(), 404],
    ['POST', `/${WEBHOOK}`, 404],
    ['POST', WEBHOOK.replace('webhook', '%77ebhook/../x'), 404],
    ['POST', `${WEBHOOK}%00`, 404],
    ['POST', `${WEBHOOK}%2f..%2fstatus`, 404],
    ['POST', `${WEBHOOK}%zz`, 400],
  ])('%s %s is answered %d', async (method, path, expected) => {
    const bytes = raw(`${method} ${path} HTTP/1.1`, [
      'Host: x',
      `Content-Type: ${FORM}`,
      signed,
      'Content-Length: 0',
    ]);
    await leavesNoTrace(() => rawStatus(shop.url, bytes), expected);
  });

  it.each<[string, Record<string, string>, number]>([
    ['no content type', { 'content-type': '' }, 415],
    ['two content types', { 'content-type': `${FORM}, text/plain` }, 415],
    ['a content type and more', { 'content-type': `${FORM}x` }, 415],
    ['JSON', { 'content-type': 'application/json' }, 415],
    ['a type of nothing', { 'content-type': ';' }, 415],
  ])('a signed form that says %j is answered %j', async (_, headers, expected) => {
    const params = textParams('+9779816000001', 'hi');
    await leavesNoTrace(async () => (await postWebhook(shop.url, params, { headers })).status, expected);
  });

  const other = (change: (signature: string) => string): string =>
    change(sign(shop.url + WEBHOOK, textParams('+9779816000002', 'hi')));
  it.each<[string, () => string]>([
    ['cut', () => other((signature) => signature.slice(0, -1))],
    ['lengthened', () => other((signature) => `${signature}A`)],
    ['in small letters', () => other((signature) => signature.toLowerCase())],
    ['in hexadecimal', () => other((signature) => Buffer.from(signature, 'base64').toString('hex'))],
    ['with its padding encoded', () => other((signature) => signature.replace('=', '%3D'))],
    ['of 20 NULs', () => Buffer.alloc(20).toString('base64')],
    [
      'made with SHA-256',
      () =>
        createHmac('sha256', TEST_AUTH_TOKEN)
          .update(shop.url + WEBHOOK)
          .digest('base64'),
    ],
    [
      'made without a key',
      () =>
        createHash('sha1')
          .update(shop.url + WEBHOOK)
          .digest('base64'),
    ],
    ['made with an empty key', () => sign(shop.url + WEBHOOK, textParams('+9779816000002', 'hi'), '')],
    ['of the URL alone', () => sign(shop.url + WEBHOOK, [])],
    ['of 10,000 characters', () => 'A'.repeat(10_000)],
  ])('a signature %s is answered 403', async (_, signature) => {
    const params = textParams('+9779816000002', 'hi there');
    const send = async (): Promise<number> =>
      (await postWebhook(shop.url, params, { signature: signature() })).status;
    await leavesNoTrace(send, 403);
  });

  it('a compressed body does not fit the signature of what it holds', async () => {
    const params = textParams('+9779816000003', 'hi');
    const body = gzipSync(new URLSearchParams(params).toString());
    const headers = {
      'content-type': FORM,
      'content-encoding': 'gzip',
      'x-twilio-signature': sign(shop.url + WEBHOOK, params),
    };
    await leavesNoTrace(
      async () => (await fetch(shop.url + WEBHOOK, { method: 'POST', headers, body })).status,
      403,
    );
  });

  it('good requests pass before, between and after, and nothing was left unhandled', async () => {
    const long = `${WEBHOOK}?q=${'x'.repeat(8_000)}`;
    for (const options of [
      {},
      { path: long },
      { headers: { 'content-type': `${FORM.toUpperCase()}; charset=UTF-8` } },
    ]) {
      expect((await postWebhook(shop.url, textParams('+9779816000004', 'hi'), options)).status).toBe(200);
    }
    expect(await count(shop.database.url, 'inbox_messages')).toBe(3);
    expect(
      await metric(shop.url, 'webhook_refused_total{source="twilio",cause="media_type"}'),
    ).toBeGreaterThan(3);
    expect(rejections).toEqual([]);
  });
});
