import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { until } from '@app/testing';
import { createWorker } from '../../../apps/worker/src/create-worker';
import { openShop, type OpenShop } from '../support/open-shop';
import { count, rows, settled } from './support/shop-rows';
import { postWebhook, textParams } from './support/signed-webhook';

const SHOPPERS = Array.from({ length: 20 }, (_, index) => `+97798220000${String(index).padStart(2, '0')}`);
const TEXTS = ['hi', '1', '1 x 2', 'cart', '2 x 1', 'more', 'help', 'cart', 'menu', 'banana rocket'];

describe('twenty shoppers who write at once, and two workers', () => {
  let shop: OpenShop;
  let second: NestFastifyApplication;
  beforeAll(async () => {
    shop = await openShop();
    second = await createWorker(shop.settings);
    await shop.twilio.faults({ latencyMs: [0, 30], seed: 7 });
  });
  afterAll(async () => {
    await second.close();
    await shop.close();
  });

  it('get exactly one answer to each message, in the order of their messages', async () => {
    const sent = new Map<string, string[]>(SHOPPERS.map((shopper) => [shopper, []]));
    await Promise.all(
      SHOPPERS.map(async (shopper) => {
        for (const text of TEXTS) {
          const params = textParams(shopper, text);
          sent.get(shopper)!.push(params[0]![1]);
          expect((await postWebhook(shop.url, params)).status).toBe(200);
        }
      }),
    );
    await settled(shop.database.url, 30_000);
    const answered = await rows<{ sid: string; in_reply_to: string[] }>(
      shop.database.url,
      'SELECT sid, in_reply_to FROM outbox_messages',
    );
    const about = new Map(answered.map(({ sid, in_reply_to }) => [sid, in_reply_to]));
    for (const shopper of SHOPPERS) {
      const accepted = await shop.twilio.acceptedMessages(shopper);
      const order = accepted.sort((a, b) => a.acceptedAt - b.acceptedAt || a.seq - b.seq);
      expect(order.flatMap(({ sid }) => about.get(sid))).toEqual(sent.get(shopper));
    }
    expect(await count(shop.database.url, `inbox_messages WHERE status = 'dead'`)).toBe(0);
    expect(await count(shop.database.url, `shoppers`)).toBe(SHOPPERS.length);
  }, 60_000);

  it('is not told twice when the first two messages of a newcomer come at the same moment', async () => {
    const newcomers = Array.from(
      { length: 30 },
      (_, index) => `+97798221000${String(index).padStart(2, '0')}`,
    );
    await Promise.all(
      newcomers.flatMap((newcomer) =>
        ['hi', 'help'].map((text) => postWebhook(shop.url, textParams(newcomer, text))),
      ),
    );
    await settled(shop.database.url);
    const answered = await rows<{ address: string; sids: number; different: number }>(
      shop.database.url,
      `SELECT address, count(*)::int AS sids, count(DISTINCT asked)::int AS different
       FROM outbox_messages, jsonb_array_elements_text(in_reply_to) AS asked WHERE address = ANY($1) GROUP BY address`,
      [newcomers.map((newcomer) => `whatsapp:${newcomer}`)],
    );
    expect(answered.map(({ sids, different }) => [sids, different])).toEqual(newcomers.map(() => [2, 2]));
    expect(await count(shop.database.url, `inbox_messages WHERE attempts > 1`)).toBe(0);
    await until(
      async () => (await count(shop.database.url, `inbox_messages WHERE status <> 'processed'`)) === 0,
    );
  }, 20_000);
});
