import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { metric, settled } from './support/shop-rows';
import { redisIsInstalled, redisServer, type RedisServer } from './support/redis-server';

const describeOnRedis = redisIsInstalled() ? describe : describe.skip;

describeOnRedis('the shop on a Redis that comes and goes', () => {
  let redis: RedisServer;
  let shop: OpenShop;
  beforeAll(async () => {
    redis = await redisServer();
    shop = await openShop({ REDIS_URL: redis.url }, 'apart');
  });
  afterAll(async () => {
    await redis.stop();
  });

  const asks = async (
    number: string,
    text: string,
    timeoutMs = 5_000,
  ): Promise<{ body: string; ms: number }> => {
    const phone = shop.twilio.phone(number);
    const began = performance.now();
    await phone.says(text);
    const { body } = await phone.waitForReply({ timeoutMs });
    return { body, ms: performance.now() - began };
  };
  const queueHealth = async (): Promise<{ status: number; details: { degraded?: boolean } }> => {
    const answer = await fetch(`${shop.url}/health/ready`);
    const { details } = (await answer.json()) as { details: { queue: { degraded?: boolean } } };
    return { status: answer.status, details: details.queue };
  };

  it('answers at once after a pause that is longer than a blocking wait', async () => {
    const began = Date.now();
    // A worker waits for a job in one blocking command of two seconds, which the publisher's time-out must not cut.
    await until(() => Date.now() - began > 2_500, { timeoutMs: 5_000 });
    expect((await asks('+9779823000002', 'hi')).ms).toBeLessThan(700);
  });

  it('answers everybody while Redis forgets everything again and again', async () => {
    const numbers = Array.from({ length: 10 }, (_, index) => `+977982300010${index}`);
    const answers = Promise.all(numbers.map((number) => asks(number, 'hi', 4_000)));
    for (let round = 0; round < 5; round += 1) {
      await redis.flush();
    }
    expect(await answers).toHaveLength(10);
    await settled(shop.database.url);
  });

  it('answers without Redis: webhook fast, ready but degraded, the sweeper works; with Redis again as before', async () => {
    await redis.stop();
    await until(async () => {
      const { status, details } = await queueHealth();
      expect(status).toBe(200);
      return details.degraded === true;
    });
    expect((await queueHealth()).details).toEqual({
      status: 'up',
      backend: 'redis',
      degraded: true,
      reason: 'the queue does not answer',
    });
    const phone = shop.twilio.phone('+9779823000003');
    for (const text of ['hi', '1']) {
      const { webhooks } = await phone.says(text);
      expect(webhooks[0]!.status).toBe(200);
      expect(webhooks[0]!.ms).toBeLessThan(500);
      await phone.waitForReply({ timeoutMs: 3_500 });
    }
    expect(await metric(shop.url, 'wake_up_hints_lost_total{job="inbox.process"}')).toBeGreaterThan(0);
    await redis.start();
    await until(async () => (await queueHealth()).details.degraded === undefined, {
      timeoutMs: 5_000,
    });
    await until(async () => (await asks('+9779823000003', 'help')).ms < 500, { timeoutMs: 3_000 });
  }, 30_000);

  it('hears hints again within three seconds after an outage of seven', async () => {
    await redis.stop();
    const gone = Date.now();
    await until(() => Date.now() - gone > 7_000, { timeoutMs: 8_000 });
    await redis.start();
    const back = Date.now();
    const shopper = (
      (number) => () =>
        `+97798230002${(number += 1)}`
    )(10);
    // An answer that is quicker than a sweep was rung for.
    await until(async () => (await asks(shopper(), 'hi')).ms < 500, { timeoutMs: 5_000 });
    expect(Date.now() - back).toBeLessThan(3_000);
    await redis.flush();
    await until(async () => (await asks(shopper(), 'hi')).ms < 500, { timeoutMs: 3_000 });
  }, 30_000);

  it('says that it is degraded while Redis may evict what it holds', async () => {
    await redis.configure('maxmemory-policy', 'allkeys-lru');
    await until(async () => (await queueHealth()).details.degraded === true);
    expect(await queueHealth()).toEqual({
      status: 200,
      details: {
        status: 'up',
        backend: 'redis',
        degraded: true,
        reason: 'maxmemory-policy is allkeys-lru: set it to noeviction',
      },
    });
    await redis.configure('maxmemory-policy', 'noeviction');
    expect((await queueHealth()).details).toEqual({ status: 'up', backend: 'redis' });
  });

  it('stops within ten seconds while Redis is away', async () => {
    await redis.stop();
    const began = Date.now();
    await shop.close();
    expect(Date.now() - began).toBeLessThan(9_500);
    // What still tries to reconnect can end now.
    await redis.start();
  }, 20_000);
});
