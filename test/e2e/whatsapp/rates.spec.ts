import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type SimulatorDriver, until } from '@app/testing';
import { createWorker } from '../../../apps/worker/src/create-worker';
import { openShop, type OpenShop } from '../support/open-shop';
import { metric, rows } from './support/shop-rows';

const RATE = 40;
const RECIPIENTS = 300;
const MESSAGES = 1_200;

const acceptedMs = async (twilio: SimulatorDriver): Promise<number[]> =>
  (await twilio.acceptedMessages()).map(({ acceptedAt }) => acceptedAt);

describe('a sender with more to send than it may', () => {
  let shop: OpenShop;
  let second: NestFastifyApplication;
  beforeAll(async () => {
    shop = await openShop({ TWILIO_MAX_MPS: String(RATE), WORKER_PORT: '0' });
    await shop.twilio.change({ callbacks: 'off' });
    second = await createWorker(shop.settings);
    await rows(
      shop.database.url,
      `WITH shopper AS (
         INSERT INTO shoppers (language) SELECT 'en' FROM generate_series(1, $1::int) RETURNING id
       ), conversation AS (
         INSERT INTO conversations (shopper_id, sender, address, last_inbound_at)
         SELECT id, $3, 'whatsapp:+97797' || lpad(id::text, 8, '0'), now() FROM shopper RETURNING id, address
       ), recipient AS (
         SELECT id, address, row_number() OVER () AS place FROM conversation
       )
       INSERT INTO outbox_messages (conversation_id, sender, address, lane, topic, correlation_id, status, body)
       SELECT recipient.id, $3, address, 'bulk', 'staff', 'test', 'queued', 'message ' || n
       FROM generate_series(1, $2::int) AS n JOIN recipient ON place = n % $1::int + 1 ORDER BY n`,
      [RECIPIENTS, MESSAGES, shop.settings.twilioWhatsappFrom],
    );
  });
  afterAll(async () => {
    await second.close();
    await shop.close();
  });

  it('keeps its rate with two workers, slows down when Twilio has had enough, and recovers', async () => {
    const times = await until(
      async () => {
        const all = await acceptedMs(shop.twilio);
        return all.length > 3 * RATE && all;
      },
      { timeoutMs: 15_000, everyMs: 200 },
    );
    const busiest = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length),
    );
    // Both workers and Twilio are this one process: when it stands still, what is on its way arrives together.
    const stoodStillMs = Math.max(...times.slice(1).map((at, before) => at - times[before]!));
    expect(busiest).toBeLessThanOrEqual(Math.ceil(RATE * (1.05 + stoodStillMs / 1_000)));

    const rate = 'sender_messages_per_second{sender="whatsapp:+141******86"}';
    await shop.twilio.faults({ rateLimit: { times: 1 } });
    // Whichever worker was told: the other one knows it too.
    await until(async () => (await metric(shop.url, rate)) < RATE * 0.7);
    const slowedMs = Date.now() + 500;
    const slow = await until(
      async () =>
        Date.now() > slowedMs + 2_500 &&
        (await acceptedMs(shop.twilio)).filter((at) => at >= slowedMs && at < slowedMs + 2_000).length,
      { everyMs: 200 },
    );
    expect(slow / 2).toBeLessThan(RATE * 0.75);
    const first = await metric(shop.url, rate);
    await until(async () => (await metric(shop.url, rate)) > first + RATE * 0.05);
  }, 30_000);

  it('sent nothing twice and nothing out of order', async () => {
    const seen = new Map<string, number>();
    for (const { to, statusCallback } of await shop.twilio.acceptedMessages()) {
      const id = Number(new URL(statusCallback!).searchParams.get('m'));
      expect(id).toBeGreaterThan(seen.get(to) ?? 0);
      seen.set(to, id);
    }
  });
});
