import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { quickestMs } from '../support/quickest';
import { count, rows } from './support/shop-rows';

interface InboxRow {
  status: string;
  attempts: number;
  last_error: string | null;
  seconds: number;
}

describe('a message that cannot be processed', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  const inbox = (number: string): Promise<InboxRow[]> =>
    rows<InboxRow>(
      shop.database.url,
      `SELECT status, attempts, last_error, extract(epoch FROM processed_at - received_at)::float8 AS seconds
       FROM inbox_messages WHERE address = $1 ORDER BY id`,
      [`whatsapp:${number}`],
    );
  const spoilCart = (number: string): Promise<unknown[]> =>
    rows(shop.database.url, `UPDATE conversations SET cart = '[null]' WHERE address = $1`, [
      `whatsapp:${number}`,
    ]);

  let mended: Promise<InboxRow>;
  const isMended = async (number: string): Promise<InboxRow> => {
    const phone = shop.twilio.phone(number);
    await phone.says('hi');
    await phone.waitForReply();
    await spoilCart(number);
    await phone.says('cart');
    await until(async () => (await inbox(number))[1]!.attempts >= 2);
    await rows(shop.database.url, `UPDATE conversations SET cart = '[]' WHERE address = $1`, [
      `whatsapp:${number}`,
    ]);
    await phone.waitForReply({ timeoutMs: 8_000 });
    return (await inbox(number))[1]!;
  };

  it('is tried for less than ten seconds, then the shopper gets one apology and the next message is processed', async () => {
    const [number, bystander] = ['+9779821000001', '+9779821000002'];
    mended = isMended('+9779821000003');
    const phone = shop.twilio.phone(number);
    await phone.says('hi');
    await phone.waitForReply();
    await spoilCart(number);
    const poison = await phone.says('cart');
    await phone.says('help');
    const exchange = async (): Promise<void> => {
      await shop.twilio.phone(bystander).says('hi');
      await shop.twilio.phone(bystander).waitForReply();
    };
    expect(await quickestMs(exchange)).toBeLessThan(1_000);
    const replies = await until(
      async () => {
        const messages = await shop.twilio.acceptedMessages(number);
        return messages.length === 3 && messages;
      },
      { timeoutMs: 12_000 },
    );
    expect(replies[1]!.body).toMatch(/sorry/i);
    expect(replies[2]!.body).not.toBe(replies[1]!.body);
    const [, dead, next] = await inbox(number);
    expect(dead).toMatchObject({ status: 'dead', attempts: 5 });
    expect(dead!.last_error).not.toBeNull();
    expect(dead!.seconds).toBeLessThan(10);
    // What only waited was not tried: it keeps all its attempts.
    expect(next!.attempts).toBeLessThanOrEqual(1);
    const seen = await shop.staff<{ status: string }>(
      'GET',
      `/api/v1/whatsapp/messages/${poison.messageSid}`,
    );
    expect(seen.body.status).toBe('dead');
    const apologies = await count(shop.database.url, 'outbox_messages WHERE in_reply_to = $1::jsonb', [
      JSON.stringify([poison.messageSid]),
    ]);
    expect(apologies).toBe(1);
  }, 20_000);

  it('is processed after all when what was wrong is mended in time', async () => {
    expect(await mended).toMatchObject({ status: 'processed', last_error: null });
  });
});
