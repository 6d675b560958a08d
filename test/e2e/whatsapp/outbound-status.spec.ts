import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { metric, type OutboxRow, outboxOf, rows } from './support/shop-rows';
import { newSid, postWebhook, STATUS } from './support/signed-webhook';

interface View {
  sid: string;
  status: string;
  errorCode: number | null;
  inReplyTo: string[];
  timeline: { status: string; errorCode?: number }[];
  sentAt: string | null;
  deliveredAt: string | null;
  readAt: string | null;
}

describe('the status of a message', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
    await shop.twilio.change({ timings: { sentMs: 20, deliveredMs: 40, readMs: 40 } });
  });
  afterEach(() => shop.twilio.faults({}));
  afterAll(() => shop.close());

  const view = async (idOrSid: string): Promise<View> =>
    (await shop.staff<View>('GET', `/api/v1/whatsapp/messages/${idOrSid}`)).body;
  const whenStatus = (idOrSid: string, status: string): Promise<View> =>
    until(async () => {
      const seen = await view(idOrSid);
      return seen.status === status && seen;
    });
  const replyTo = async (number: string): Promise<{ row: OutboxRow; messageSid: string }> => {
    const phone = shop.twilio.phone(number);
    const { messageSid } = await phone.says('hi');
    await phone.waitForReply();
    return { row: (await outboxOf(shop.database.url, number))[0]!, messageSid };
  };

  it('goes from queued to read, and staff see each step, by our id and by the SID', async () => {
    const number = '+9779817000001';
    const { row, messageSid } = await replyTo(number);
    const seen = await whenStatus(row.id, 'read');
    expect(seen.timeline.map(({ status }) => status)).toEqual([
      'queued',
      'accepted',
      'sent',
      'delivered',
      'read',
    ]);
    expect(seen.inReplyTo).toEqual([messageSid]);
    expect([seen.sentAt, seen.deliveredAt, seen.readAt]).not.toContain(null);
    expect(await view(seen.sid)).toEqual(seen);
    const [taken] = await shop.twilio.acceptedMessages(number);
    expect(taken!.sid).toBe(seen.sid);
    expect(taken!.statusCallback).toBe(`${shop.url}${STATUS}?m=${row.id}&a=1`);
  });

  it.each([
    ['repeated', '+9779817000002', { repeatCallbacks: true }],
    ['out of order', '+9779817000003', { reorderCallbacks: 1 }],
    ['before the answer to the send', '+9779817000004', { callbackBeforeAnswer: true, latencyMs: 50 }],
    [
      'all of that',
      '+9779817000005',
      { repeatCallbacks: true, reorderCallbacks: true, callbackBeforeAnswer: true },
    ],
  ])('ends the same and holds each step once when callbacks come %s', async (_, number, faults) => {
    await shop.twilio.faults(faults);
    const { row } = await replyTo(number);
    const seen = await whenStatus(row.id, 'read');
    const all = await until(async () => {
      const steps = (await view(row.id)).timeline.map(({ status }) => status).sort();
      return steps.length >= 5 && steps;
    });
    expect(all).toEqual(['accepted', 'delivered', 'queued', 'read', 'sent']);
    expect((await view(row.id)).status).toBe('read');
    expect(seen.sid).toBe((await shop.twilio.acceptedMessages(number))[0]!.sid);
    const answers = (await shop.twilio.webhooks()).filter(({ kind }) => kind === 'status');
    expect(answers.map(({ status, problem }) => [status, problem])).toEqual(answers.map(() => [204, null]));
  });

  it('never goes back in any order of reports', async () => {
    const number = '+9779817000006';
    await shop.twilio.change({ callbacks: 'off' });
    const { row } = await replyTo(number);
    await until(async () => (await shop.twilio.acceptedMessages(number))[0]?.status === 'read');
    await shop.twilio.change({ callbacks: 'on' });
    const { sid } = await view(row.id);
    const report = async (status: string): Promise<string> => {
      const params = Object.entries({ MessageSid: sid, MessageStatus: status });
      const answer = await postWebhook(shop.url, params, { path: `${STATUS}?m=${row.id}&a=1` });
      expect([answer.status, answer.body]).toEqual([204, '']);
      return (await view(row.id)).status;
    };
    expect(await report('delivered')).toBe('delivered');
    for (const late of ['queued', 'sent', 'delivered', 'failed', 'undelivered', 'canceled', 'a_new_word']) {
      expect(await report(late)).toBe('delivered');
    }
    expect(await report('read')).toBe('read');
    expect(await report('sent')).toBe('read');
  });

  it('carries the error of a message that was not delivered', async () => {
    const number = '+9779817000007';
    await shop.twilio.phone(number).set({ fails: { status: 'undelivered', errorCode: 63024 } });
    const { row } = await replyTo(number);
    const seen = await whenStatus(row.id, 'undelivered');
    expect(seen.errorCode).toBe(63024);
    expect(seen.timeline.at(-1)).toMatchObject({ status: 'undelivered', errorCode: 63024 });
  });

  it('counts a second SID for one message once, and keeps the first one as its history', async () => {
    const { row } = await replyTo('+9779817000008');
    const { sid } = await whenStatus(row.id, 'read');
    const [before, second] = [await metric(shop.url, 'outbound_duplicates_total'), newSid()];
    for (const status of ['sent', 'delivered', 'sent', 'failed']) {
      const params = Object.entries({ MessageSid: second, MessageStatus: status });
      await postWebhook(shop.url, params, { path: `${STATUS}?m=${row.id}&a=1` });
    }
    expect(await metric(shop.url, 'outbound_duplicates_total')).toBe(before + 1);
    expect(await view(row.id)).toMatchObject({ status: 'read', sid });
    expect(await view(second)).toMatchObject({ sid });
  });

  it('is kept when nobody knows its message, or when it has a NUL in it', async () => {
    const sid = newSid();
    const params = Object.entries({
      MessageSid: sid,
      MessageStatus: 'sent',
      ChannelStatusMessage: 'x\u0000y',
    });
    expect((await postWebhook(shop.url, params, { path: `${STATUS}?m=999999999&a=1` })).status).toBe(204);
    const events = await rows<{ params: object }>(
      shop.database.url,
      'SELECT params FROM delivery_events WHERE sid = $1',
      [sid],
    );
    expect(events).toHaveLength(1);
  });
});
