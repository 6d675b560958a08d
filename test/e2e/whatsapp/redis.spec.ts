import { openShop, type OpenShop } from '../support/open-shop';
import { metric } from './support/shop-rows';
import { redisIsAvailable, type RedisServer, someRedis } from './support/redis-server';

const describeOnRedis = redisIsAvailable() ? describe : describe.skip;

describeOnRedis('the shop on Redis', () => {
  let redis: Pick<RedisServer, 'url' | 'stop'>;
  let shop: OpenShop;
  beforeAll(async () => {
    redis = await someRedis();
    shop = await openShop({ REDIS_URL: redis.url }, 'apart');
  });
  afterAll(async () => {
    await shop.close();
    await redis.stop();
  });

  const asks = async (text: string): Promise<string> => {
    const phone = shop.twilio.phone('+9779823000001');
    await phone.says(text);
    return (await phone.waitForReply()).body;
  };

  it("plays the shopper's script", async () => {
    for (const text of ['hi', '1', '1 x 10', 'place order', 'delivery', 'Thamel, Kathmandu', 'cash']) {
      await asks(text);
    }
    const placed = await asks('yes');
    expect(placed).toMatch(/#\d+[^]*Rs\. 1,800/);
    expect(await asks('yes')).toContain(/#\d+/.exec(placed)![0]);
    expect(await metric(shop.url, 'wake_up_hints_lost_total{job="inbox.process"}')).toBe(0);
  });

  it('shows its backend, its queues and their workers', async () => {
    const metrics = await shop.staff<{ backend: string; queues: { name: string; workers: number }[] }>(
      'GET',
      '/api/v1/queue/metrics',
    );
    expect(metrics.body.backend).toBe('redis');
    expect(metrics.body.queues.map(({ name, workers }) => [name, workers])).toEqual([
      ['inbox', 1],
      ['outbox', 1],
    ]);
    const health = (await (await fetch(`${shop.url}/health/ready`)).json()) as { details: object };
    expect(health.details).toMatchObject({ queue: { status: 'up', backend: 'redis' } });
  });
});
