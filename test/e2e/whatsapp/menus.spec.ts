import { TemplatesService } from '@app/templates';
import { openShop, type OpenShop } from '../support/open-shop';
import { outboxOf, settled } from './support/shop-rows';

describe('menus to tap', () => {
  const number = '+9779837000001';
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  it('are texts until Twilio has them', async () => {
    const phone = shop.twilio.phone(number);
    await phone.says('hi');
    expect(await phone.waitForReply()).toMatchObject({
      list: null,
      body: expect.stringContaining('1.') as string,
    });
  });

  it('are lists and buttons then, with the text as their twin, and a tap answers them', async () => {
    expect((await shop.app.get(TemplatesService, { strict: false }).create()).ok).toBe(true);
    const phone = shop.twilio.phone(number);
    await phone.says('hi');
    const menu = await phone.waitForReply();
    expect(menu.list?.items.map(({ title }) => title)).toEqual([
      'Show products',
      'My cart',
      'Place order',
      'My orders',
      'Help',
      'Talk to a person',
    ]);
    await phone.picks(menu.list!.items[0]!);
    expect((await phone.waitForReply()).body).toContain('Rs. 180');
    await phone.says('1 x 2');
    await phone.waitForReply();
    await phone.says('place order');
    const question = await phone.waitForReply();
    expect(question.buttons.map(({ title }) => title)).toEqual(['Delivery', 'Pickup']);
    await phone.taps({ title: 'Pickup', payload: question.buttons[1]!.id });
    expect((await phone.waitForReply()).body).toMatch(/pay/i);

    await settled(shop.database.url);
    const twins = (await outboxOf(shop.database.url, number)).map(({ body }) => body);
    expect(twins.filter((body) => body.includes('1. Show products'))).toHaveLength(2);
  });

  it('that are old are answered by how things stand', async () => {
    const phone = shop.twilio.phone(number);
    const chat = await phone.chat();
    const old = chat.find(({ buttons }) => buttons.length > 0)!;
    await phone.says('1 x 5');
    await phone.waitForReply();
    await phone.says('cancel');
    await phone.waitForReply();
    await phone.taps({ title: 'Delivery', payload: old.buttons[0]!.id }, { quote: old.sid });
    expect((await phone.waitForReply()).body).not.toMatch(/address/i);
  });
});
