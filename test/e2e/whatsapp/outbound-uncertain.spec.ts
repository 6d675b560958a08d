import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { metric, type OutboxRow, outboxOf, rows } from './support/shop-rows';

interface View {
  attempts: { outcome: string; requestId: string | null }[];
}

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

  const looksOf = async (id: string): Promise<number> => {
    const [row] = await rows<{ looks: number }>(
      shop.database.url,
      'SELECT looks FROM outbox_messages WHERE id = $1',
      [id],
    );
    return row!.looks;
  };
  const rowsOf = (number: string): Promise<OutboxRow[]> => outboxOf(shop.database.url, number);

  /** As if its attempt had begun this long ago, with a look due. */
  const age = (id: string, seconds: number): Promise<unknown> =>
    rows(
      shop.database.url,
      `UPDATE outbox_messages SET claimed_at = now() - $2 * interval '1 second', look_at = now() WHERE id = $1`,
      [id, seconds],
    );
  const whenFirst = (number: string, found: (row: OutboxRow) => boolean): Promise<OutboxRow> =>
    until(async () => {
      const [first] = await rowsOf(number);
      return first && found(first) && first;
    });

  it.each([
    ['Twilio answers 503 after it took it', '+9779819000002', { failAfter: 1, failStatus: 503 }],
    ['the connection is cut after it took it', '+9779819000003', { cutAfter: 1 }],
  ])(
    "is found in Twilio's list and not sent again when %s, and the next one waits for that",
    async (...given) => {
      const [, number, faults] = given;
      const before = await metric(shop.url, 'twilio_send_failures_total{code="uncertain"}');
      await shop.twilio.faults(faults);
      const phone = shop.twilio.phone(number);
      await phone.says('hi');
      const { id } = await whenFirst(number, ({ status }) => status === 'uncertain');
      const seen = await shop.staff('GET', `/api/v1/whatsapp/messages/${id}`);
      expect(seen.body).toMatchObject({
        status: 'uncertain',
        sid: null,
        attempts: [{ outcome: 'uncertain' }],
      });
      await phone.says('help');
      await until(async () => (await rowsOf(number))[1]?.status === 'queued');
      await age(id, 15);
      await until(async () => ((await rowsOf(number))[1]?.sid ?? null) !== null);
      const taken = await shop.twilio.acceptedMessages(number);
      expect((await rowsOf(number)).map(({ sid }) => sid)).toEqual(taken.map(({ sid }) => sid));
      expect((await rowsOf(number))[0]!.attempt).toBe(1);
      expect(await metric(shop.url, `twilio_send_failures_total{code="uncertain"}`)).toBeGreaterThan(before);
    },
  );

  it.each([
    ['Twilio answers 500 before it took it', '+9779819000001', { failBefore: 1 }, 500],
    ['the connection is cut before it took it', '+9779819000004', { refuse: 1 }, null],
  ])('is sent again, ahead of the next one, when %s', async (_, number, faults, httpStatus) => {
    await shop.twilio.faults(faults);
    const phone = shop.twilio.phone(number);
    const first = await phone.says('hi');
    const { id } = await whenFirst(number, ({ status }) => status === 'uncertain');
    const second = await phone.says('help');
    await age(id, 15);
    await until(async () => (await looksOf(id)) === 1);
    expect(await shop.twilio.acceptedMessages(number)).toEqual([]);
    await age(id, 45);
    await until(async () => ((await rowsOf(number))[1]?.sid ?? null) !== null);
    const taken = await shop.twilio.acceptedMessages(number);
    expect((await rowsOf(number)).map(({ sid }) => sid)).toEqual(taken.map(({ sid }) => sid));
    const { body } = await shop.staff<View>('GET', `/api/v1/whatsapp/messages/${id}`);
    expect(body).toMatchObject({ status: 'accepted', inReplyTo: [first.messageSid] });
    expect(body.attempts).toMatchObject([
      { attempt: 1, outcome: 'uncertain', httpStatus, resolution: 'absent' },
      { attempt: 2, outcome: 'accepted', httpStatus: 201, resolution: null },
    ]);
    expect(body.attempts[1]!.requestId).toMatch(/^RQ[0-9a-f]{32}$/);
    expect(second.messageSid).not.toBe(first.messageSid);
  });

  it('is never sent again blindly while Twilio does not list', async () => {
    const number = '+9779819000008';
    await shop.twilio.faults({ failBefore: 1 });
    await shop.twilio.phone(number).says('hi');
    const { id } = await whenFirst(number, ({ status }) => status === 'uncertain');
    await shop.twilio.faults({ failLists: true, listStatus: 404 });
    await age(id, 45);
    await until(async () => {
      const [row] = await rows<{ waits: boolean }>(
        shop.database.url,
        `SELECT look_at > now() + interval '5 seconds' AS waits FROM outbox_messages WHERE id = $1`,
        [id],
      );
      return row!.waits;
    });
    expect((await rowsOf(number))[0]).toMatchObject({ status: 'uncertain', attempt: 1 });
    expect(await metric(shop.url, 'backlog_depth{box="uncertain"}')).toBeGreaterThanOrEqual(1);
    expect(await metric(shop.url, 'backlog_oldest_seconds{box="uncertain"}')).toBeGreaterThanOrEqual(45);
    expect(await shop.twilio.acceptedMessages(number)).toEqual([]);
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

  it('is uncertain when its sender died, and is found with what waited behind it', async () => {
    const number = '+9779819000007';
    const phone = shop.twilio.phone(number);
    await phone.says('hi');
    const { id, sid } = await whenFirst(number, ({ status }) => status === 'accepted');
    await rows(
      shop.database.url,
      `WITH forgotten AS (DELETE FROM message_sids WHERE sid = $2), untried AS (DELETE FROM outbox_attempts WHERE message_id = $1)
       UPDATE outbox_messages SET status = 'sending', sid = NULL, accepted_at = NULL, claimed_at = now() - interval '14 seconds'
       WHERE id = $1`,
      [id, sid],
    );
    await phone.says('help');
    await until(async () => (await rowsOf(number))[1]?.status === 'accepted', { timeoutMs: 6_000 });
    expect((await rowsOf(number))[0]).toMatchObject({ sid, attempt: 1 });
    expect(await shop.twilio.acceptedMessages(number)).toHaveLength(2);
    const { body } = await shop.staff<View>('GET', `/api/v1/whatsapp/messages/${id}`);
    expect(body.attempts).toMatchObject([{ outcome: 'uncertain', durationMs: null, resolution: 'list' }]);
  });

  it('is uncertain when Twilio takes it and does not answer in time', async () => {
    const { id } = (await rowsOf(SLOW))[0]!;
    await until(
      async () => {
        const { body } = await shop.staff<View>('GET', `/api/v1/whatsapp/messages/${id}`);
        return body.attempts[0]?.outcome === 'uncertain';
      },
      { timeoutMs: 12_000 },
    );
    await age(id, 15);
    await until(async () => ((await rowsOf(SLOW))[0]?.sid ?? null) !== null);
    expect(await shop.twilio.acceptedMessages(SLOW)).toHaveLength(1);
  }, 20_000);
});
