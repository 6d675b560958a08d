import { openShop, type OpenShop } from '../support/open-shop';
import { count } from './support/shop-rows';

const SCOPED = 'NP.1A2B3C4D5E';

describe('a message of any kind', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  it.each([
    ['a picture', { kind: 'media' }],
    ['a picture with a caption', { kind: 'media', body: 'is this fresh?' }],
    ['a voice note', { kind: 'media', contentType: 'audio/ogg' }],
    ['a contact card', { kind: 'media', contentType: 'text/vcard' }],
    ['a location', { kind: 'location', latitude: '27.7154', longitude: '85.3123', label: 'Thamel' }],
    ['a location at the pole without a label', { kind: 'location', latitude: '-90', longitude: '180' }],
    ['a tap on a button that nobody knows', { kind: 'button', title: 'Buy', payload: 'from-an-old-shop' }],
    ['a row of a list that nobody knows', { kind: 'list', id: 'gone', title: 'Gone' }],
    [
      'an order from the catalogue',
      { kind: 'order', catalogId: '1', items: [{ product_retailer_id: 'X', quantity: 2 }] },
    ],
    ['nothing that we know: a reaction, an edit', { kind: 'unsupported' }],
  ] as const)('gets an answer: %s', async (_, message) => {
    const phone = shop.twilio.phone('+9779814000001');
    await phone.says('hi');
    await phone.waitForReply();
    await phone.sends(message);
    expect((await phone.waitForReply()).body).not.toBe('');
    expect(await count(shop.database.url, `inbox_messages WHERE status <> 'processed'`)).toBe(0);
  });

  it('gets an answer when it quotes a message', async () => {
    const phone = shop.twilio.phone('+9779814000002');
    await phone.says('1');
    await phone.waitForReply();
    await phone.says('1 x 2', { quote: 'last' });
    expect((await phone.waitForReply()).body).toContain('Rs. 360');
  });

  it('gets an answer with coordinates, media counts and orders that make no sense', async () => {
    const nonsense: Record<string, string>[] = [
      { Latitude: 'NaN', Longitude: '1e5' },
      { Latitude: '91', Longitude: '181' },
      { NumMedia: '1e9' },
      { NumMedia: '-1', MediaUrl0: 'x' },
      { ProductRetailerId: '{"product_items":[null,1,{"product_retailer_id":"A","quantity":"-1e400"}]}' },
      { ProductRetailerId: '{'.repeat(1_000) },
      { ButtonPayload: 'x'.repeat(5_000), Body: '' },
    ];
    for (const [index, parameters] of nonsense.entries()) {
      const phone = shop.twilio.phone(`+977981400001${index}`);
      await phone.sends({ kind: 'unsupported' }, { parameters });
      expect((await phone.waitForReply()).body).not.toBe('');
    }
  });

  it('may come from a shopper without a phone number, who can order like anybody', async () => {
    const phone = shop.twilio.phone(SCOPED);
    const says = async (text: string): Promise<string> => {
      await phone.says(text);
      return (await phone.waitForReply()).body;
    };
    for (const text of ['hi', '1', '1 x 10', 'place order', 'pickup', 'cash']) {
      await says(text);
    }
    expect(await says('yes')).toMatch(/Order.*#\d+/);
    const orders = await shop.staff<{ items: { shopper: { address: string } }[] }>('GET', '/api/v1/orders');
    expect(orders.body.items[0]!.shopper.address).toBe(`whatsapp:${SCOPED}`);
  });
});
