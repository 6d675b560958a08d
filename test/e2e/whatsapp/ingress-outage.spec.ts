import { Client } from 'pg';
import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { count, settled } from './support/shop-rows';
import { postWebhook, textParams, type WebhookAnswer } from './support/signed-webhook';

describe('the webhook without its database', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  const manyAtOnce = (phone: string): Promise<WebhookAnswer[]> =>
    Promise.all(Array.from({ length: 20 }, () => postWebhook(shop.url, textParams(phone, 'hi'))));

  it('answers 503 within three seconds while the inbox is locked, also to many, and then takes the repeats', async () => {
    const locker = new Client({ connectionString: shop.database.url });
    await locker.connect();
    await locker.query('BEGIN; LOCK TABLE inbox_messages IN ACCESS EXCLUSIVE MODE');
    const answers = await manyAtOnce('+9779815000001');
    await locker.query('ROLLBACK');
    await locker.end();
    for (const { status, ms } of answers) {
      expect(status).toBe(503);
      expect(ms).toBeLessThan(3_000);
    }
    await until(async () => (await postWebhook(shop.url, textParams('+9779815000001', 'hi'))).status === 200);
    await settled(shop.database.url);
  });

  it('answers 503 at once while the database takes no connections, is not ready, and recovers by itself', async () => {
    const name = new URL(shop.database.url).pathname.slice(1);
    const admin = new Client({ connectionString: shop.database.url.replace(`/${name}`, '/postgres') });
    await admin.connect();
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    const answers = await manyAtOnce('+9779815000002');
    for (const { status, ms } of answers) {
      expect(status).toBe(503);
      expect(ms).toBeLessThan(3_000);
    }
    const ready = await fetch(`${shop.url}/health/ready`);
    expect([ready.status, (await fetch(`${shop.url}/health/live`)).status]).toEqual([503, 200]);
    expect((await fetch(`${shop.url}/metrics`)).status).toBe(200);
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await admin.end();
    const began = Date.now();
    const phone = shop.twilio.phone('+9779815000003');
    await until(async () => (await phone.says('hi')).webhooks.at(-1)?.status === 200);
    await phone.waitForReply();
    expect(Date.now() - began).toBeLessThan(4_000);
    await until(async () => (await fetch(`${shop.url}/health/ready`)).status === 200);
    expect(await count(shop.database.url, `inbox_messages WHERE address LIKE '%5000002'`)).toBe(0);
  });
});
