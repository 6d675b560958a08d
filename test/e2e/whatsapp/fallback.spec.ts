import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApi } from '../../../apps/api/src/create-api';
import { freePort } from '../support/free-port';
import { openShop, type OpenShop } from '../support/open-shop';
import { rows } from './support/shop-rows';
import { WEBHOOK } from './support/signed-webhook';

describe('the fallback URL, on an api process of its own', () => {
  let shop: OpenShop;
  let spare: NestFastifyApplication;
  beforeAll(async () => {
    const port = await freePort();
    shop = await openShop({ WEBHOOK_FALLBACK_URL: `http://127.0.0.1:${port}${WEBHOOK}` });
    spare = await createApi(shop.settings);
    await spare.listen(port, '127.0.0.1');
    await shop.twilio.change({ fallbackUrl: shop.settings.webhookFallbackUrl! });
  });
  afterAll(async () => {
    await spare.close();
    await shop.close();
  });

  const sourcesOf = async (phone: string): Promise<string[]> =>
    (
      await rows<{ source: string }>(
        shop.database.url,
        'SELECT source FROM inbox_messages WHERE address = $1 ORDER BY id',
        [`whatsapp:${phone}`],
      )
    ).map(({ source }) => source);

  it('takes what the webhook could not, into the same inbox, and its shopper is answered', async () => {
    const number = '+9779832000001';
    await shop.twilio.setWebhookUrl(`http://127.0.0.1:${await freePort()}${WEBHOOK}`);
    const phone = shop.twilio.phone(number);
    const { webhooks } = await phone.says('hi');
    expect(webhooks.map(({ kind, status }) => [kind, status])).toEqual([
      ['inbound', null],
      ['fallback', 200],
    ]);
    await phone.waitForReply();
    expect(await sourcesOf(number)).toEqual(['fallback']);
  });

  it('is not asked, and adds nothing, while the webhook answers', async () => {
    const number = '+9779832000002';
    await shop.twilio.setWebhookUrl(shop.settings.webhookUrl);
    const phone = shop.twilio.phone(number);
    const { messageSid, webhooks } = await phone.says('hi');
    expect(webhooks.map(({ kind }) => kind)).toEqual(['inbound']);
    await phone.waitForReply();
    const { webhookFallbackUrl } = shop.settings;
    const again = await phone.says('hi', { messageSid, webhookUrl: webhookFallbackUrl! });
    expect(again.webhooks.map(({ status }) => status)).toEqual([200]);
    expect(await sourcesOf(number)).toEqual(['webhook']);
  });
});
