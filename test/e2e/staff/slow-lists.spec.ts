import { Client } from 'pg';
import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { quickestMs } from '../support/quickest';

const LISTS = 50;

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
    let givenUp = 0;
    const lists = Promise.all(
      Array.from({ length: LISTS }, async () => {
        const answer = await shop.staff('GET', '/api/v1/orders');
        givenUp += 1;
        return answer;
      }),
    );
    await until(async () => {
      const { rows } = await blocker.query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted AND relation = 'orders'::regclass`,
      );
      return rows[0]!.waiting >= 3;
    });
    // Lists give up after two seconds and leave their connections to the next: who shares them would wait as long.
    const exchange = async (): Promise<void> => {
      const { webhooks } = await phone.says('help');
      expect(webhooks[0]!.status).toBe(200);
      await phone.waitForReply();
    };
    expect(await quickestMs(exchange)).toBeLessThan(1_200);
    expect(givenUp).toBeLessThan(LISTS);
    await blocker.query('COMMIT');
    expect((await lists).at(-1)!.status).toBe(200);
  });
});
