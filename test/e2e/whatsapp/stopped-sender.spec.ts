import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { count, metric, type OutboxRow, outboxOf, rows, settled } from './support/shop-rows';
import { newSid, postWebhook, STATUS } from './support/signed-webhook';

const SENDER = 'whatsapp:+14155238886';
const NUMBERS = Array.from({ length: 20 }, (_, index) => `+97798150000${10 + index}`);

interface SenderView {
  id: string;
  state: string;
  stoppedAt: string | null;
  code: number | null;
  reason: string | null;
  waiting: number;
}

describe('a sender that Twilio refuses', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  const senders = async (): Promise<SenderView[]> =>
    (await shop.staff<{ items: SenderView[] }>('GET', '/api/v1/senders')).body.items;
  const resume = (id: string): Promise<{ status: number; body: SenderView & { code: unknown } }> =>
    shop.staff('POST', `/api/v1/senders/${encodeURIComponent(id)}/resume`);
  const health = async (): Promise<{ status: number; senders: object }> => {
    const answer = await fetch(`${shop.url}/health/ready`);
    const { details } = (await answer.json()) as { details: { senders: object } };
    return { status: answer.status, senders: details.senders };
  };
  const refuseAll = (rejectCode: number, rejectStatus: number): Promise<void> =>
    shop.twilio.faults({ reject: true, rejectCode, rejectStatus });
  const processed = (): Promise<true> =>
    until(async () => (await count(shop.database.url, `inbox_messages WHERE status = 'pending'`)) === 0);
  const whenStopped = (): Promise<SenderView> =>
    until(async () => (await senders()).find(({ state }) => state === 'stopped'));

  it('is active before anything happened', async () => {
    expect(await senders()).toEqual([
      {
        id: SENDER,
        name: null,
        account: 'AC…aaaaaa',
        quietHours: null,
        maxMps: null,
        state: 'active',
        stoppedAt: null,
        code: null,
        reason: null,
        waiting: 0,
      },
    ]);
    expect(await health()).toMatchObject({ status: 200, senders: { status: 'up' } });
    expect(await resume(SENDER)).toMatchObject({ status: 409, body: { code: 'SENDER_NOT_STOPPED' } });
    expect(await resume('whatsapp:+14155238887')).toMatchObject({
      status: 404,
      body: { code: 'SENDER_NOT_FOUND' },
    });
  });

  it('is stopped: its messages wait, nothing fails, and Twilio is left alone', async () => {
    await refuseAll(20003, 401);
    for (const number of NUMBERS) {
      await shop.twilio.phone(number).says('hi');
    }
    expect(await whenStopped()).toMatchObject({ id: SENDER, code: 20003 });
    await processed();
    await shop.twilio.faults({});
    for (const number of NUMBERS) {
      await shop.twilio.phone(number).says('help');
    }
    await processed();
    const states = await rows<{ status: string; n: number }>(
      shop.database.url,
      'SELECT status, count(*)::int AS n FROM outbox_messages GROUP BY status',
    );
    expect(states).toEqual([{ status: 'queued', n: 2 * NUMBERS.length }]);
    expect(await shop.twilio.acceptedMessages()).toEqual([]);
    expect((await whenStopped()).waiting).toBe(2 * NUMBERS.length);
    expect(await metric(shop.url, 'senders_stopped')).toBe(1);
    expect(await health()).toMatchObject({
      status: 200,
      senders: { status: 'up', degraded: true, stopped: [{ sender: SENDER, code: 20003 }] },
    });
  });

  it('sends all that waited once and in order when it is resumed, and the audit log says by whom', async () => {
    expect(await resume(SENDER)).toMatchObject({ status: 200, body: { id: SENDER, state: 'active' } });
    await settled(shop.database.url);
    const written = await Promise.all(NUMBERS.map((number) => outboxOf(shop.database.url, number)));
    const taken = await Promise.all(NUMBERS.map((number) => shop.twilio.acceptedMessages(number)));
    const sids = (messages: readonly (OutboxRow | { sid: string })[]): (string | null)[] =>
      messages.map(({ sid }) => sid);
    expect(taken.map(sids)).toEqual(written.map(sids));
    expect(taken.map((messages) => messages.length)).toEqual(NUMBERS.map(() => 2));
    const { body } = await shop.staff<{ items: { action: string; target: object; before: object }[] }>(
      'GET',
      '/api/v1/audit?action=sender.resume',
    );
    expect(body.items).toMatchObject([
      {
        action: 'sender.resume',
        target: { type: 'sender', id: SENDER },
        before: { state: 'stopped', code: 20003 },
      },
    ]);
    expect(await metric(shop.url, 'senders_stopped')).toBe(0);
  });

  it('is stopped anew by the first message when the cause is still there', async () => {
    await refuseAll(63007, 400);
    await shop.twilio.phone(NUMBERS[0]!).says('hi');
    const stop = await whenStopped();
    expect(stop).toMatchObject({ code: 63007 });
    // Stopped first, given back then: nobody may claim it in between.
    await until(async () => (await whenStopped()).waiting === 1);
    await resume(SENDER);
    await until(async () => {
      const again = (await senders()).find(({ state }) => state === 'stopped');
      return again && again.stoppedAt !== stop.stoppedAt;
    });
    await shop.twilio.faults({});
    await resume(SENDER);
    await settled(shop.database.url);
  });

  it('is stopped by a status callback, but not by news from before it was resumed', async () => {
    const number = NUMBERS[1]!;
    const phone = shop.twilio.phone(number);
    await phone.set({ fails: { status: 'undelivered', errorCode: 63051 } });
    await phone.says('hi');
    expect(await whenStopped()).toMatchObject({ code: 63051 });
    await resume(SENDER);
    const [older] = await outboxOf(shop.database.url, number);
    const late = Object.entries({ MessageSid: newSid(), MessageStatus: 'failed', ErrorCode: '63001' });
    await postWebhook(shop.url, late, { path: `${STATUS}?m=${older!.id}&a=1` });
    expect(await metric(shop.url, 'twilio_error_actions_total{action="stop_sender",way="callback"}')).toBe(2);
    expect((await senders())[0]).toMatchObject({ state: 'active' });
    await phone.set({ fails: null });
    await phone.says('help');
    await phone.waitForReply();
  });
});
