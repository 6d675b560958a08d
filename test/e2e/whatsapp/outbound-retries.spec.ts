import { connect, createServer } from 'node:net';
import { Database } from '@app/database';
import { OutboxService } from '@app/outbox';
import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { freePort } from '../support/free-port';
import { metric, type OutboxRow, outboxOf, rows, settled } from './support/shop-rows';

describe('a message that Twilio does not take', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterEach(() => shop.twilio.faults({}));
  afterAll(() => shop.close());

  const statuses = async (number: string): Promise<string[]> =>
    (await outboxOf(shop.database.url, number)).map(({ status }) => status);
  const ended = (number: string, found: (rows: OutboxRow[]) => boolean): Promise<OutboxRow[]> =>
    until(async () => {
      const seen = await outboxOf(shop.database.url, number);
      return found(seen) && seen;
    });

  it('is sent again after 1, 2 and 4 seconds, and up to half as long again, when there were too many, in order, and holds nobody else up', async () => {
    const [number, other] = ['+9779818000001', '+9779818000002'];
    const limited = await metric(shop.url, 'twilio_rate_limit_exceeded_total');
    await shop.twilio.faults({ rateLimit: { times: 3, to: `whatsapp:${number}` } });
    const phone = shop.twilio.phone(number);
    const began = Date.now();
    const first = await phone.says('hi');
    const second = await phone.says('help');
    await shop.twilio.phone(other).says('hi');
    await shop.twilio.phone(other).waitForReply({ timeoutMs: 900 });
    const [waiting] = await ended(number, (seen) => seen[0]?.status === 'queued' && seen[0].attempt >= 1);
    expect(waiting!.error_code).toBe(20429);
    const [taken, next] = await until(
      async () => {
        const messages = await shop.twilio.acceptedMessages(number);
        return messages.length === 2 && messages;
      },
      { timeoutMs: 16_000 },
    );
    const seconds = (taken!.acceptedAt - began) / 1_000;
    expect(seconds).toBeGreaterThan(6.9);
    expect(seconds).toBeLessThan(14);
    await settled(shop.database.url);
    const sent = await rows<{ sid: string; attempt: number; error_code: null; in_reply_to: string[] }>(
      shop.database.url,
      'SELECT * FROM outbox_messages WHERE address = $1 ORDER BY id',
      [`whatsapp:${number}`],
    );
    expect(
      sent.map(({ sid, attempt, error_code, in_reply_to }) => [sid, attempt, error_code, in_reply_to]),
    ).toEqual([
      [taken!.sid, 4, null, [first.messageSid]],
      [next!.sid, 1, null, [second.messageSid]],
    ]);
    expect(await metric(shop.url, 'twilio_rate_limit_exceeded_total')).toBe(limited + 3);
  }, 25_000);

  it.each([
    [21211, 400],
    [63024, 400],
  ])('for good (%i) has failed and is not tried again, and the next one goes out', async (code, status) => {
    const number = `+97798180${String(code)}`;
    await shop.twilio.faults({
      reject: { times: 1, to: `whatsapp:${number}` },
      rejectCode: code,
      rejectStatus: status,
    });
    const phone = shop.twilio.phone(number);
    await phone.says('hi');
    await ended(number, (seen) => seen[0]?.status === 'failed');
    await phone.says('help');
    await ended(number, (seen) => seen.length === 2 && seen[1]!.sid !== null);
    const [failed] = await outboxOf(shop.database.url, number);
    expect(failed).toMatchObject({ status: 'failed', error_code: code, attempt: 1, sid: null });
    expect(await shop.twilio.acceptedMessages(number)).toHaveLength(1);
    expect(await metric(shop.url, `twilio_send_failures_total{code="${code}"}`)).toBe(1);
  });

  it('in one piece is cut into parts of at most 1,600 characters, which arrive in order', async () => {
    const number = '+9779818000003';
    const conversation = shop.twilio.phone(number);
    await conversation.says('hi');
    await conversation.waitForReply();
    await settled(shop.database.url);
    const lines = Array.from({ length: 120 }, (_, index) => `${index + 1}. ${'momo '.repeat(6)}`);
    const [row] = await rows<{ conversation_id: string; sender: string; address: string }>(
      shop.database.url,
      'SELECT * FROM outbox_messages WHERE address = $1',
      [`whatsapp:${number}`],
    );
    const outbox = shop.app.get(OutboxService);
    const id = await shop.app.get(Database).transaction((tx) =>
      outbox.write(tx, {
        conversationId: row!.conversation_id,
        sender: row!.sender,
        address: row!.address,
        lane: 'bulk',
        topic: 'staff',
        text: lines.join('\n'),
        inReplyTo: [],
        correlationId: 'test',
      }),
    );
    await outbox.ring(row!.conversation_id, id);
    const parts = await until(async () => {
      const messages = (await shop.twilio.acceptedMessages(number)).slice(1);
      return messages.length >= 3 && messages;
    });
    expect(parts.every(({ body }) => body.length <= 1_600)).toBe(true);
    expect(parts.flatMap(({ body }) => body.split('\n'))).toEqual(lines);
  });

  it('because nobody listens is sent as soon as somebody does', async () => {
    const port = await freePort();
    const lonely = await openShop({ TWILIO_API_BASE_URL: `http://127.0.0.1:${port}` });
    const number = '+9779818000004';
    await lonely.twilio.phone(number).says('hi');
    await until(async () => (await outboxOf(lonely.database.url, number))[0]?.attempt === 2, {
      timeoutMs: 5_000,
    });
    // What listens now hands everything on to the simulator.
    const target = new URL(lonely.twilio.baseUrl);
    const relay = createServer((socket) => {
      const onward = connect(Number(target.port), target.hostname);
      socket.pipe(onward).pipe(socket);
      socket.on('error', () => onward.destroy());
      onward.on('error', () => socket.destroy());
    }).listen(port, '127.0.0.1');
    await until(async () => (await lonely.twilio.acceptedMessages(number)).length === 1, {
      timeoutMs: 8_000,
    });
    await settled(lonely.database.url);
    expect((await outboxOf(lonely.database.url, number))[0]).toMatchObject({ attempt: 3 });
    expect(await metric(lonely.url, 'twilio_send_failures_total{code="retry"}')).toBe(2);
    await lonely.close();
    relay.close();
  }, 25_000);

  it('leaves nothing behind that is stuck', async () => {
    await settled(shop.database.url);
    expect(await statuses('+9779818000001')).not.toContain('sending');
  });
});
