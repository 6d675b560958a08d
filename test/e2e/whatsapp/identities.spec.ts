import { openShop, type OpenShop } from '../support/open-shop';

describe('a shopper who was known by a business-scoped id alone', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  it('stays the same shopper, cart and all, when a phone number shows', async () => {
    const scoped = shop.twilio.phone('whatsapp:NP.1A2B3C4D5E');
    await scoped.says('3 coke');
    await scoped.waitForReply();

    const phone = shop.twilio.phone('+9779829000001');
    await phone.says('cart', { parameters: { ExternalUserId: 'whatsapp:NP.1A2B3C4D5E' } });

    expect((await phone.waitForReply()).body).toContain('3 bottle Coke');
    const conversations = await shop.staff<{ items: { shopper: { address: string } }[] }>(
      'GET',
      '/api/v1/conversations',
    );
    expect(conversations.body.items).toMatchObject([{ shopper: { address: 'whatsapp:+9779829000001' } }]);
  });
});
