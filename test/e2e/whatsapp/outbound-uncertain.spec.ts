import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { metric, type OutboxRow, outboxOf, rows } from './support/shop-rows';

const SLOW = '+9779819000005';

describe('a message whose fate is unknown', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
    // Only what the send itself tells: callbacks would resolve it.
    await shop.twilio.change({ callbacks: 'off' });
    // Its time runs beside the other tests; the last one looks at it.
    await shop.twilio.faults({ latencyMs: 11_000 });
    await shop.twilio.phone(SLOW).says('hi');
    await until(async () => (await shop.twilio.acceptedMessages(SLOW)).length === 1);
    await shop.twilio.faults({});
  });
  afterEach(() => shop.twilio.faults({}));
  afterAll(() => shop.close());

  const rowsOf = (number: string): Promise<OutboxRow[]> => outboxOf(shop.database.url, number);

  it.each([
    ['Twilio answers 500 before it took it', '+9779819000001', { failBefore: 1 }, 0],
    ['Twilio answers 503 after it took it', '+9779819000002', { failAfter: 1, failStatus: 503 }, 1],
    ['the connection is cut after it took it', '+9779819000003', { cutAfter: 1 }, 1],
    ['the connection is cut before it took it', '+9779819000004', { refuse: 1 }, 0],
  ])('is uncertain, visible and never sent again when %s', async (_, number, faults, accepted) => {
    const before = await metric(shop.url, 'twilio_send_failures_total{code="uncertain"}');
    await shop.twilio.faults(faults);
    const phone = shop.twilio.phone(number);
    await phone.says('hi');
    await until(async () => (await rowsOf(number))[0]?.status === 'uncertain');
    expect(await shop.twilio.acceptedMessages(number)).toHaveLength(accepted);
    await phone.says('help');
    await until(async () => (await rowsOf(number))[1]?.status === 'accepted');
    const [first] = await rowsOf(number);
    expect(first).toMatchObject({ status: 'uncertain', attempt: 1, sid: null });
    const seen = await shop.staff<{ status: string; sid: null }>(
      'GET',
      `/api/v1/whatsapp/messages/${first!.id}`,
    );
    expect(seen.body).toMatchObject({ status: 'uncertain', sid: null });
    expect(await shop.twilio.acceptedMessages(number)).toHaveLength(accepted + 1);
    expect(await metric(shop.url, 'twilio_send_failures_total{code="uncertain"}')).toBe(before + 1);
  });

  it('is found by its callback', async () => {
    const number = '+9779819000006';
    await shop.twilio.change({ callbacks: 'paused' });
    await shop.twilio.faults({ cutAfter: 1 });
    await shop.twilio.phone(number).says('hi');
    await until(async () => (await rowsOf(number))[0]?.status === 'uncertain');
    await shop.twilio.change({ callbacks: 'on' });
    const [row] = await until(async () => {
      const seen = await rowsOf(number);
      return seen[0]?.status === 'read' && seen;
    });
    expect(row!.sid).toBe((await shop.twilio.acceptedMessages(number))[0]!.sid);
    await shop.twilio.change({ callbacks: 'off' });
  });

  it('is uncertain when its sender died, and what waited behind it goes out', async () => {
    const number = '+9779819000007';
    const phone = shop.twilio.phone(number);
    await phone.says('hi');
    await until(async () => (await rowsOf(number))[0]?.status === 'accepted');
    await rows(
      shop.database.url,
      `UPDATE outbox_messages SET status = 'sending', sid = NULL, claimed_at = now() - interval '14 seconds'
       WHERE address = $1`,
      [`whatsapp:${number}`],
    );
    await phone.says('help');
    await until(async () => (await rowsOf(number))[1]?.status === 'accepted', { timeoutMs: 5_000 });
    expect((await rowsOf(number))[0]).toMatchObject({ status: 'uncertain', attempt: 1 });
    expect(await shop.twilio.acceptedMessages(number)).toHaveLength(2);
  });

  it('is uncertain when Twilio takes it and does not answer in time', async () => {
    await until(async () => (await rowsOf(SLOW))[0]?.status === 'uncertain', { timeoutMs: 12_000 });
    await shop.twilio.phone(SLOW).says('help');
    await until(async () => (await rowsOf(SLOW))[1]?.status === 'accepted');
    expect(await shop.twilio.acceptedMessages(SLOW)).toHaveLength(2);
  }, 20_000);
});
