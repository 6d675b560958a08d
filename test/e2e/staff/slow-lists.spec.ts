import { Client } from 'pg';
import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';

describe('lists that are slow', () => {
  let shop: OpenShop;
  let blocker: Client;
  beforeAll(async () => {
    shop = await openShop();
    blocker = new Client({ connectionString: shop.database.url });
    await blocker.connect();
  });
  afterAll(async () => {
    await blocker.end();
    await shop.close();
  });

  it('keep no shopper waiting, fifty at once', async () => {
    const phone = shop.twilio.phone('+9779825000001');
    await phone.says('hi');
    await phone.waitForReply();
    await shop.staff('GET', '/api/v1/orders');
    await blocker.query('BEGIN; LOCK TABLE orders');
    const lists = Promise.all(Array.from({ length: 50 }, () => shop.staff('GET', '/api/v1/orders')));
    await until(async () => {
      const { rows } = await blocker.query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted AND relation = 'orders'::regclass`,
      );
      return rows[0]!.waiting >= 3;
    });
    const waiting = Date.now();
    await until(() => Date.now() - waiting > 400);
    const began = Date.now();
    const { webhooks } = await phone.says('help');
    await phone.waitForReply();
    // Lists give up after two seconds: who shares their connections would wait as long.
    expect(Date.now() - began).toBeLessThan(1_200);
    expect(webhooks[0]!.status).toBe(200);
    await blocker.query('COMMIT');
    expect((await lists).at(-1)!.status).toBe(200);
  });
});
