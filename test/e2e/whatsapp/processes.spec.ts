import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Settings } from '@app/config';
import { seedDatabase } from '@app/platform';
import { SimulatorDriver, testDatabase, type TestDatabase, testSettings, until } from '@app/testing';
import { createApi } from '../../../apps/api/src/create-api';
import { createWorker } from '../../../apps/worker/src/create-worker';
import type { RunningSimulator } from '../../../apps/simulator/src/start-simulator';
import { freePort } from '../support/free-port';
import { quickestMs } from '../support/quickest';
import { startTwilio } from '../support/start-twilio';
import { count, settled } from './support/shop-rows';
import { postWebhook, textParams } from './support/signed-webhook';

/** How long Twilio takes for a message that is being sent when the worker stops. */
const LATENCY_MS = 2_000;

describe('api and worker as processes of their own', () => {
  let database: TestDatabase;
  let simulator: RunningSimulator;
  let twilio: SimulatorDriver;
  let settings: Settings;
  let api: NestFastifyApplication;
  let worker: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    database = await testDatabase();
    await seedDatabase(database.url, { email: 'admin@pasal.local', password: 'correct horse battery' });
    simulator = await startTwilio();
    twilio = new SimulatorDriver(simulator.url);
    const port = await freePort();
    settings = testSettings(database.url, { PORT: String(port), TWILIO_API_BASE_URL: simulator.url });
    await twilio.setWebhookUrl(settings.webhookUrl);
    api = await createApi(settings);
    await api.listen(port, '127.0.0.1');
    url = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await worker.close();
    await api.close();
    await simulator.close();
    await database.drop();
  });

  const ready = async (base: string): Promise<number> => (await fetch(`${base}/health/ready`)).status;

  it('take and keep messages without a worker, and answer them when one comes', async () => {
    const phone = twilio.phone('+9779824000001');
    const { webhooks } = await phone.says('hi');
    expect(webhooks[0]!.status).toBe(200);
    expect(await count(database.url, `inbox_messages WHERE status = 'pending'`)).toBe(1);
    worker = await createWorker(settings);
    await worker.listen(0, '127.0.0.1');
    await phone.waitForReply();
    const exchange = async (): Promise<void> => {
      await phone.says('help');
      await phone.waitForReply();
    };
    expect(await quickestMs(exchange)).toBeLessThan(900);
  });

  it('serve health and metrics each, and the worker nothing else', async () => {
    const workerUrl = await worker.getUrl();
    expect(await Promise.all([url, workerUrl].map(ready))).toEqual([200, 200]);
    expect(await (await fetch(`${workerUrl}/metrics`)).text()).toMatch(/^twilio_messages_sent_total [1-9]/m);
    expect((await fetch(`${workerUrl}/api/v1/whatsapp/webhook`)).status).toBe(404);
  });

  it('stop: ready turns 503 at once, what is being sent is finished, the rest is left for the next, in ten seconds', async () => {
    const shoppers = Array.from({ length: 4 }, (_, index) => `+977982400010${index}`);
    const everybodySays = (): Promise<unknown> =>
      Promise.all(shoppers.map((shopper) => postWebhook(url, textParams(shopper, 'hi'))));
    await twilio.faults({ latencyMs: LATENCY_MS });
    for (let round = 1; round < 20; round += 1) {
      await everybodySays();
    }
    await until(async () => (await count(database.url, `outbox_messages WHERE status = 'sending'`)) > 0);
    // Waits behind what is being sent to its shopper.
    await everybodySays();
    const workerUrl = await worker.getUrl();
    const began = Date.now();
    const stopped = worker.close();
    await until(async () => (await ready(workerUrl).catch(() => 0)) !== 200, {
      timeoutMs: 300,
    });
    await stopped;
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(await count(database.url, `outbox_messages WHERE status = 'sending'`)).toBe(0);
    const left =
      (await count(database.url, `inbox_messages WHERE status = 'pending'`)) +
      (await count(database.url, `outbox_messages WHERE status = 'queued'`));
    expect(left).toBeGreaterThan(0);
    const sent = (await twilio.acceptedMessages()).length;
    await twilio.faults({});
    expect((await twilio.acceptedMessages()).length).toBe(sent);
    worker = await createWorker(settings);
    await settled(database.url, 15_000);
    for (const shopper of shoppers) {
      const answered = await count(
        database.url,
        `outbox_messages, jsonb_array_elements_text(in_reply_to) WHERE address = $1 AND status <> 'uncertain'`,
        [`whatsapp:${shopper}`],
      );
      expect(answered).toBe(20);
    }
  }, 40_000);
});
