import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { seedDatabase } from '@app/platform';
import { SimulatorDriver, testDatabase, type TestDatabase, testSettings } from '@app/testing';
import { createApi } from '../../../apps/api/src/create-api';
import type { RunningSimulator } from '../../../apps/simulator/src/start-simulator';
import { createWorker } from '../../../apps/worker/src/create-worker';
import { freePort } from '../support/free-port';
import { startTwilio } from '../support/start-twilio';
import { refuseConnections } from './support/outage';
import { redisIsAvailable, someRedis } from './support/redis-server';

const describeOnRedis = redisIsAvailable() ? describe : describe.skip;

describeOnRedis('an api that starts while PostgreSQL is away', () => {
  let database: TestDatabase;
  let simulator: RunningSimulator;
  let redis: Awaited<ReturnType<typeof someRedis>>;
  const started: NestFastifyApplication[] = [];
  beforeAll(async () => {
    database = await testDatabase();
    redis = await someRedis();
    await seedDatabase(database.url, { email: 'admin@pasal.local', password: 'correct horse battery' });
    simulator = await startTwilio();
  });
  afterAll(async () => {
    await Promise.all(started.map((app) => app.close()));
    await redis.stop();
    await simulator.close();
    await database.drop();
  });

  it('takes messages to its journal, tells staff to come later, and hands them over once it is there', async () => {
    const twilio = new SimulatorDriver(simulator.url);
    const port = await freePort();
    const settings = testSettings(database.url, {
      PORT: String(port),
      TWILIO_API_BASE_URL: simulator.url,
      REDIS_URL: redis.url,
    });
    await twilio.setWebhookUrl(settings.webhookUrl);
    const endOutage = await refuseConnections(database.url);
    const url = `http://127.0.0.1:${port}`;
    const phone = twilio.phone('+9779824100001');
    try {
      const app = await createApi(settings);
      started.push(app);
      await app.listen(port, '127.0.0.1');
      const { webhooks } = await phone.says('hi');
      expect(webhooks[0]!.status).toBe(200);
      expect((await fetch(`${url}/api/v1/health`)).status).toBe(200);
      expect((await fetch(`${url}/metrics`)).status).toBe(200);
      const login = { email: 'admin@pasal.local', password: 'correct horse battery' };
      const answer = await fetch(`${url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(login),
      });
      expect(answer.status).toBe(503);
    } finally {
      await endOutage();
    }
    started.push(await createWorker(settings));
    expect((await phone.waitForReply()).body).toContain('Pasal');
  });

  it.each([
    ['a host that nobody knows', 'postgres://nobody.invalid/pasal'],
    ['a database that does not exist', undefined],
  ])('ends with one line about %s', async (_, url = `${database.url}_not`) => {
    await expect(createApi(testSettings(url))).rejects.toThrow(
      /^DATABASE_URL must be a reachable PostgreSQL/,
    );
  });
});
