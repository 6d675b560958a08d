import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';

describe("the shopper's script that must always work", () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  const asks = async (phone: string, text: string): Promise<string> => {
    const shopper = shop.twilio.phone(phone);
    await shopper.says(text);
    return (await shopper.waitForReply()).body;
  };

  it('takes a shopper from "hi" to an order, and the order through to its cancellation', async () => {
    const phone = '+9779800000001';
    expect(await asks(phone, 'hi')).toMatch(/^1\. .*products/im);
    const list = await asks(phone, '1');
    expect(list).toContain('Rs. 180');
    expect(list).toMatch(/^1\. Chicken Momo/m);
    expect(list).toMatch(/^13\. Tomato/m);
    const added = await asks(phone, '1 x 10');
    expect(added).toContain('10 x Chicken Momo');
    expect(added).toContain('Rs. 1,800');
    expect(await asks(phone, 'cart')).toContain('Rs. 1,800');
    expect(await asks(phone, 'place order')).toMatch(/delivery[^]*pickup/i);
    expect(await asks(phone, 'delivery')).toMatch(/where/i);
    expect(await asks(phone, 'Thamel, Kathmandu')).toMatch(/pay/i);
    const summary = await asks(phone, 'cash');
    expect(summary).toContain('Thamel, Kathmandu');
    expect(summary).toContain('Rs. 1,800');
    expect(summary).toMatch(/yes/i);
    const placed = await asks(phone, 'yes');
    expect(placed).toContain('Order');
    expect(placed).toContain('Rs. 1,800');
    const number = /#(\d+)/.exec(placed)?.[1];
    expect(number).toBeDefined();
    expect(await asks(phone, 'yes')).toContain(`#${number ?? ''}`);
    const orders = await shop.staff<{ items: { number: number; stock: number }[] }>('GET', '/api/v1/orders');
    expect(orders.body.items).toHaveLength(1);
    expect(await asks(phone, 'my orders')).toContain(`#${number ?? ''}`);
    expect(await asks(phone, 'cancel order')).toMatch(/cancelled/i);
    expect(await asks(phone, 'agent')).toMatch(/person/i);
  });

  it('is silent while staff have the conversation, and answers again when it is handed back', async () => {
    const phone = '+9779800000002';
    await asks(phone, 'agent');
    const shopper = shop.twilio.phone(phone);
    const { messageSid } = await shopper.says('hello?');
    await until(async () => {
      const message = await shop.staff<{ status: string }>('GET', `/api/v1/whatsapp/messages/${messageSid}`);
      return message.body.status === 'processed';
    });
    expect((await shopper.chat()).filter(({ author }) => author === 'shop')).toHaveLength(1);
    const list = await shop.staff<{ items: { id: string }[] }>(
      'GET',
      '/api/v1/conversations?handledBy=staff',
    );
    const handedBack = await shop.staff(
      'POST',
      `/api/v1/conversations/${list.body.items[0]?.id ?? ''}/handback`,
    );
    expect(handedBack.status).toBe(200);
    expect(await asks(phone, 'hi')).toMatch(/1\./);
  });

  it('stops and starts by word, with one confirmation each', async () => {
    const phone = '+9779800000003';
    await asks(phone, 'hi');
    expect(await asks(phone, 'STOP')).toMatch(/no more messages/i);
    const refused = await shop.staff<{ code: string }>('POST', '/api/v1/whatsapp/send', {
      to: phone,
      message: 'Sale!',
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'RECIPIENT_OPTED_OUT']);
    expect(await asks(phone, 'START')).toMatch(/welcome back/i);
  });
});
