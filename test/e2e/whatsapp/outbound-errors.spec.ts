import { Database } from '@app/database';
import { OutboxService, type Topic } from '@app/outbox';
import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { metric, type OutboxRow, outboxOf, rows, settled } from './support/shop-rows';

interface Answer {
  id: string;
  code: string;
}

describe('an error code of Twilio', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterEach(() => shop.twilio.faults({}));
  afterAll(() => shop.close());

  const refuse = (number: string, rejectCode: number, times: number): Promise<void> =>
    shop.twilio.faults({ reject: { times, to: `whatsapp:${number}` }, rejectCode, rejectStatus: 400 });
  const ended = (number: string, found: (rows: OutboxRow[]) => boolean): Promise<OutboxRow[]> =>
    until(
      async () => {
        const seen = await outboxOf(shop.database.url, number);
        return found(seen) && seen;
      },
      { timeoutMs: 10_000 },
    );
  const accepted = async (number: string): Promise<number> =>
    (await shop.twilio.acceptedMessages(number)).length;
  const optOutOf = async (
    number: string,
  ): Promise<{ opted_out_at: Date | null; opted_out_code: number | null }> => {
    const [row] = await rows<{ opted_out_at: Date | null; opted_out_code: number | null }>(
      shop.database.url,
      `SELECT opted_out_at, opted_out_code FROM shoppers JOIN shopper_identities ON shopper_id = id WHERE address = $1`,
      [`whatsapp:${number}`],
    );
    return row!;
  };
  const staffWrites = (number: string): Promise<{ status: number; body: Answer }> =>
    shop.staff<Answer>('POST', '/api/v1/whatsapp/send', { to: number, message: 'Your parcel is here.' });
  /** Past the refusal of the staff route: as a message that was written before the shopper opted out. */
  const write = async (number: string, lane: 'reply' | 'bulk', topic: Topic): Promise<void> => {
    const [row] = await rows<{ conversation_id: string; sender: string; address: string }>(
      shop.database.url,
      'SELECT conversation_id, sender, address FROM outbox_messages WHERE address = $1',
      [`whatsapp:${number}`],
    );
    const { conversation_id: conversationId, sender, address } = row!;
    const outbox = shop.app.get(OutboxService);
    const draft = {
      conversationId,
      sender,
      address,
      lane,
      topic,
      text: 'News',
      inReplyTo: [],
      correlationId: 'test',
    };
    const id = await shop.app.get(Database).transaction((tx) => outbox.write(tx, draft));
    await outbox.ring(conversationId, id);
  };

  it('that will pass has the message sent again until Twilio takes it', async () => {
    const number = '+9779816000001';
    await refuse(number, 63010, 2);
    await shop.twilio.phone(number).says('hi');
    const [row] = await ended(number, (seen) => Boolean(seen[0]?.sid));
    expect(row).toMatchObject({ attempt: 3, error_code: null });
    expect(await accepted(number)).toBe(1);
    expect(await metric(shop.url, 'twilio_error_actions_total{action="retry",way="answer"}')).toBe(2);
  });

  it('that nobody knows has the message tried three times, then given up, and the next one goes out', async () => {
    const number = '+9779816000002';
    await refuse(number, 99999, 3);
    await shop.twilio.phone(number).says('hi');
    const [row] = await ended(number, (seen) => seen[0]?.status === 'dead');
    expect(row).toMatchObject({ attempt: 3, error_code: 99999, sid: null });
    await shop.twilio.phone(number).says('help');
    await ended(number, (seen) => Boolean(seen[1]?.sid));
    expect(await accepted(number)).toBe(1);
  });

  it.each([
    ['in the answer to a send', '+9779816000003', 63014],
    ['in a status callback', '+9779816000004', 63033],
  ])(
    'for a block by the recipient %s is recorded; nothing more is sent until they write',
    async (way, number, code) => {
      const phone = shop.twilio.phone(number);
      if (way === 'in a status callback') {
        await phone.set({ fails: { status: 'undelivered', errorCode: code } });
      } else {
        await refuse(number, code, 1);
      }
      await phone.says('hi');
      await until(async () => (await optOutOf(number).catch(() => undefined))?.opted_out_code === code);
      await settled(shop.database.url);
      await phone.set({ fails: null });
      const before = await accepted(number);

      expect(await staffWrites(number)).toMatchObject({ status: 409, body: { code: 'RECIPIENT_OPTED_OUT' } });
      await write(number, 'bulk', 'order');
      await write(number, 'reply', 'staff');
      const refused = (await ended(number, (seen) => seen[2]?.status === 'canceled')).slice(1);
      expect(refused.map(({ status, error_code }) => [status, error_code])).toEqual([
        ['canceled', null],
        ['canceled', null],
      ]);
      expect(await accepted(number)).toBe(before);

      await phone.says('help');
      await phone.waitForReply();
      expect(await staffWrites(number)).toMatchObject({ status: 202 });
      await until(async () => (await accepted(number)) === before + 2);
    },
  );

  it("does not outlive a shopper's own word: STOP holds although they write on, and START ends both", async () => {
    const number = '+9779816000005';
    const phone = shop.twilio.phone(number);
    await phone.says('STOP');
    await phone.waitForReply();
    await phone.set({ fails: { status: 'undelivered', errorCode: 63014 } });
    await phone.says('START');
    await until(async () => (await optOutOf(number)).opted_out_code === 63014);
    await phone.set({ fails: null });
    await phone.says('STOP');
    await until(async () => (await optOutOf(number)).opted_out_code === null);
    await phone.says('menu');
    await settled(shop.database.url);
    const before = await accepted(number);
    await write(number, 'bulk', 'order');
    await ended(number, (seen) => seen.at(-1)?.status === 'canceled');
    expect(await accepted(number)).toBe(before);

    await phone.says('START');
    await phone.waitForReply();
    expect(await optOutOf(number)).toEqual({ opted_out_at: null, opted_out_code: null });
    expect(await staffWrites(number)).toMatchObject({ status: 202 });
    await until(async () => (await accepted(number)) === before + 2);
  });

  it.each([
    [63024, 'undelivered'],
    [30008, 'failed'],
    [99998, 'undelivered'],
  ] as const)('%i in a status callback (%s) has nothing sent again', async (errorCode, status) => {
    const number = `+97798160${String(errorCode)}`;
    const phone = shop.twilio.phone(number);
    await phone.set({ fails: { status, errorCode } });
    await phone.says('hi');
    await ended(number, (seen) => seen[0]?.status === status);
    await phone.set({ fails: null });
    await phone.says('help');
    await ended(number, (seen) => seen[1]?.status === 'read');
    const [first] = await outboxOf(shop.database.url, number);
    expect(first).toMatchObject({ status, error_code: errorCode, attempt: 1 });
    expect(await accepted(number)).toBe(2);
  });
});
