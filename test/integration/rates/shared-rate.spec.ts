import { Client } from 'pg';
import { testDatabase, type TestDatabase, until } from '@app/testing';
import {
  redisIsAvailable,
  redisIsInstalled,
  redisServer,
  type RedisServer,
  someRedis,
} from '../../e2e/whatsapp/support/redis-server';
import { Processes } from './open-processes';

const RATE = 200;
const TOO_MANY = { kind: 'retry', reason: 'rate_limited', code: 63018, message: 'too fast' } as const;

const stores = [
  { store: 'PostgreSQL', isThere: true, open: () => Promise.resolve(undefined) },
  { store: 'Redis', isThere: redisIsAvailable(), open: someRedis },
];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

describe.each(stores.filter(({ isThere }) => isThere))('a rate that is shared on $store', ({ open }) => {
  let redis: Pick<RedisServer, 'url' | 'stop'> | undefined;
  let processes: Processes;
  beforeAll(async () => {
    redis = await open();
    processes = await Processes.open(2, database.url, {
      TWILIO_MAX_MPS: String(RATE),
      ...(redis && { REDIS_URL: redis.url }),
    });
  });
  afterAll(async () => {
    await processes.close();
    await redis?.stop();
  });

  it('is never exceeded by two processes that have more than enough to send', async () => {
    const began = Date.now();
    await processes.sendBulk(began + 4_000);
    const starts = processes.sentMs.map((at) => processes.between(at, 1_000));
    // Both are this one process: when it stands still, what was on its way in each of them goes together.
    const gaps = processes.sentMs.slice(1).map((at, before) => at - processes.sentMs[before]!);
    const stoodStillMs = Math.max(...gaps);
    expect(Math.max(...starts)).toBeLessThanOrEqual(RATE * (1.05 + stoodStillMs / 1_000));
    // A busy machine stands still now and then, and what is missed is not made up for.
    expect(processes.between(began + 500, 3_000) / 3).toBeGreaterThan(RATE * 0.7);
  });

  it('is halved for both when one of them is told that it was too fast, once for all that is refused together', async () => {
    const [one, other] = processes.rates;
    await Promise.all(
      Array.from({ length: 5 }, (_, turn) => processes.send(turn % 2 ? one! : other!, 'reply', TOO_MANY)),
    );
    await until(async () => {
      await Promise.all(processes.rates.map((rates) => processes.send(rates, 'reply')));
      return processes.perSecond().every((perSecond) => perSecond < RATE * 0.7);
    });
    const [, slow = 0] = processes.perSecond();
    expect(slow).toBeGreaterThan(RATE * 0.4);
    await until(() => processes.perSecond()[1]! > slow + RATE * 0.02);
  });
});

it('on PostgreSQL uses few rows, again and again', async () => {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ keys: number; sold: number }>(
    `SELECT count(*)::int AS keys, sum(points)::int AS sold FROM rate_counters WHERE key LIKE 'pasal-frame:%'`,
  );
  await client.end();
  expect(rows[0]!.sold).toBeGreaterThan(0);
  expect(rows[0]!.keys).toBeLessThanOrEqual(32);
});

(redisIsInstalled() ? it : it.skip)('goes on at half in each process while Redis is away', async () => {
  const redis = await redisServer();
  const processes = await Processes.open(1, database.url, {
    TWILIO_MAX_MPS: String(RATE),
    REDIS_URL: redis.url,
  });
  const sending = processes.sendBulk(Date.now() + 4_000);
  await until(() => processes.sentMs.length > 20);
  await redis.stop();
  await until(() => processes.perSecond()[0] === RATE / 2);
  const away = Date.now();
  await sending;
  expect(processes.between(away, 2_000) / 2).toBeLessThanOrEqual((RATE / 2) * 1.05);
  expect(processes.between(away, 2_000) / 2).toBeGreaterThan((RATE / 2) * 0.6);
  await processes.close();
});
