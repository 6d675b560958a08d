import { until } from '@app/testing';
import { openShop } from '../support/open-shop';
import { count, metric } from './support/shop-rows';

const MINUTE_MS = 60_000;

describe('a worker that starts', () => {
  it('asks Twilio by itself for what was lost while it was away', async () => {
    const shop = await openShop();
    try {
      const phone = shop.twilio.phone('+9779830000010');
      await phone.says('hi', { agoMs: MINUTE_MS, webhookUrl: '' });
      await phone.waitForReply({ timeoutMs: 20_000 });
      expect(await count(shop.database.url, `inbox_messages WHERE source = 'reconcile'`)).toBe(1);
      await until(async () => (await metric(shop.url, 'reconciliation_last_run_timestamp_seconds')) > 0);
    } finally {
      await shop.close();
    }
  });
});
