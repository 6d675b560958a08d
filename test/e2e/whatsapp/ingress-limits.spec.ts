import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { openShop, type OpenShop } from '../support/open-shop';
import { openSocket, untilClosed } from './support/raw-request';
import { count, metric } from './support/shop-rows';
import { postWebhook, textParams, WEBHOOK } from './support/signed-webhook';

const HEAD = `POST ${WEBHOOK} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
const SIGNATURE = `X-Twilio-Signature: ${Buffer.alloc(20, 7).toString('base64')}\r\n`;

describe('what a webhook costs that is refused', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop({ TRUST_PROXY: '127.0.0.1' });
  });
  afterAll(() => shop.close());

  const refused = (cause: string): Promise<number> =>
    metric(shop.url, `webhook_refused_total{source="twilio",cause="${cause}"}`);

  it('is a head without a signature: 403 before a byte of its body came', async () => {
    const socket = await openSocket(shop.url, `${HEAD}Content-Length: 60000\r\n\r\n`);
    const answer = await new Promise<string>((resolve) =>
      socket.once('data', (chunk: Buffer) => {
        resolve(chunk.toString());
      }),
    );
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('is a head that announces too much: 413 before a byte of its body came', async () => {
    const before = await refused('too_large');
    const bytes = `${HEAD}${SIGNATURE}Content-Length: 65537\r\n\r\n`;
    const { answer, ms } = await untilClosed(await openSocket(shop.url, bytes));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(ms).toBeLessThan(1_000);
    expect(await refused('too_large')).toBe(before + 1);
  });

  it('is never a 429: a thousand forgeries from one address, and the good one among them is taken', async () => {
    const before = await refused('signature');
    const forged = Array.from({ length: 1_000 }, () =>
      postWebhook(shop.url, textParams('+9779818000001', 'forged'), {
        signature: Buffer.alloc(20, 9).toString('base64'),
        headers: { 'x-forwarded-for': '203.0.113.9' },
      }),
    );
    const good = postWebhook(shop.url, textParams('+9779818000001', 'hi'), {
      headers: { 'x-forwarded-for': '203.0.113.9' },
    });
    expect(new Set((await Promise.all(forged)).map(({ status }) => status))).toEqual(new Set([403]));
    expect((await good).status).toBe(200);
    expect(await refused('signature')).toBe(before + 1_000);
    expect(await count(shop.database.url, `inbox_messages WHERE address LIKE '%9818000001'`)).toBe(1);
  });

  it('is one connection of many that stall: all are closed in time, and good ones pass meanwhile', async () => {
    const parts: (() => Promise<Socket>)[] = [
      () => openSocket(shop.url, ''),
      () => openSocket(shop.url, 'POST /api/v1'),
      () => openSocket(shop.url, `${HEAD}X-Slow: `),
      () => openSocket(shop.url, `${HEAD}${SIGNATURE}Content-Length: 1000\r\n\r\nBody=`),
      () => openSocket(shop.url, `${HEAD}Content-Length: 1000\r\n\r\nBody=`),
      () => openSocket(shop.url, `${HEAD}${SIGNATURE}Transfer-Encoding: chunked\r\n\r\n5\r\nBo`),
    ];
    const sockets = await Promise.all(Array.from({ length: 498 }, (_, i) => parts[i % parts.length]!()));
    const dripping = await openSocket(shop.url, `${HEAD}${SIGNATURE}Content-Length: 1000\r\n\r\n`);
    const drip = setInterval(() => dripping.write('x'), 1_000);
    const ends = [...sockets, dripping].map(untilClosed);
    const latencies: number[] = [];
    for (let round = 0; round < 50; round += 1) {
      const { status, ms } = await postWebhook(shop.url, textParams('+9779818000002', 'hi'));
      expect(status).toBe(200);
      latencies.push(ms);
      await pause(50);
    }
    const closed = await Promise.all(ends);
    clearInterval(drip);
    // Six seconds; more where the machine has other work to do.
    expect(Math.max(...closed.map(({ ms }) => ms))).toBeLessThan(15_000);
    expect(latencies.toSorted((a, b) => a - b)[47]).toBeLessThan(500);
  });
});
