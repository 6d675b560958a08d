import { TEST_ACCOUNT_SID, until } from '@app/testing';
import { count, metric, rows, settled } from '../whatsapp/support/shop-rows';
import { newSid, postWebhook, STATUS, textParams } from '../whatsapp/support/signed-webhook';
import {
  BUTWAL,
  KATHMANDU,
  openTwoAccounts,
  OTHER_ACCOUNT,
  OTHER_TOKEN,
  POKHARA,
  type TwoAccounts,
} from './open-two-accounts';

interface SenderView {
  id: string;
  state: string;
}

describe('a shop with senders in two accounts', () => {
  let shop: TwoAccounts;
  beforeAll(async () => {
    shop = await openTwoAccounts();
  });
  afterEach(() => shop.twilio.faults({}));
  afterAll(() => shop.close());

  const inboxOf = (sid: string): Promise<{ sender: string; source: string }[]> =>
    rows(shop.database.url, 'SELECT sender, source FROM inbox_messages WHERE sid = $1', [sid]);
  const states = async (): Promise<Record<string, string>> => {
    const { body } = await shop.staff<{ items: SenderView[] }>('GET', '/api/v1/senders');
    return Object.fromEntries(body.items.map(({ id, state }) => [id, state]));
  };

  it('has a conversation of its own with a shopper for each of them', async () => {
    const number = '+9779861000001';
    await shop.asks(number, KATHMANDU, 'hi');
    await shop.asks(number, KATHMANDU, '1');
    expect((await shop.asks(number, KATHMANDU, '1 x 10')).body).toContain('Rs. 1,800');
    expect((await shop.asks(number, POKHARA, 'cart')).body).not.toContain('1,800');
    expect((await shop.asks(number, KATHMANDU, 'cart')).body).toContain('1,800');
    const kept = await rows(
      shop.database.url,
      `SELECT sender, jsonb_array_length(cart) AS lines, count(*) OVER (PARTITION BY shopper_id)::int AS conversations
       FROM conversations WHERE address = $1 ORDER BY id`,
      [`whatsapp:${number}`],
    );
    expect(kept).toEqual([
      { sender: KATHMANDU, lines: 1, conversations: 2 },
      { sender: POKHARA, lines: 0, conversations: 2 },
    ]);
  });

  it('answers from the number that was written to, with the credentials of its account', async () => {
    const number = '+9779861000002';
    for (const sender of [KATHMANDU, POKHARA, BUTWAL]) {
      await shop.asks(number, sender, 'help');
    }
    const sent = await shop.twilio.acceptedMessages(number);
    expect(sent.map(({ from, accountSid }) => [from, accountSid])).toEqual([
      [KATHMANDU, TEST_ACCOUNT_SID],
      [POKHARA, OTHER_ACCOUNT],
      [BUTWAL, OTHER_ACCOUNT],
    ]);
    // Callbacks of both accounts are taken, each signed with its own token.
    await until(
      async () =>
        (await count(shop.database.url, `outbox_messages WHERE address = $1 AND status = 'read'`, [
          `whatsapp:${number}`,
        ])) === 3,
    );
  });

  it('refuses what names one account and is signed with the token of the other', async () => {
    const sid = newSid();
    const params = textParams('+9779861000003', 'hi', {
      MessageSid: sid,
      AccountSid: OTHER_ACCOUNT,
      To: POKHARA,
    });
    expect((await postWebhook(shop.url, params)).status).toBe(403);
    expect(await inboxOf(sid)).toEqual([]);
    const { origin } = new URL(shop.url);
    const counter = `webhook_verified_total{token="current",way="webhook",origin="${origin}",account="AC…bbbbbb"}`;
    const before = await metric(shop.url, counter);
    expect((await postWebhook(shop.url, params, { token: OTHER_TOKEN })).status).toBe(200);
    expect(await inboxOf(sid)).toEqual([{ sender: POKHARA, source: 'webhook' }]);
    expect(await metric(shop.url, counter)).toBeGreaterThan(before);
  });

  it('keeps apart what an account signs about a sender of another one', async () => {
    const params = textParams('+9779861000003', 'hi', { To: POKHARA });
    expect((await postWebhook(shop.url, params)).status).toBe(200);
    expect(await count(shop.database.url, `inbox_quarantine WHERE reason LIKE 'WRONG_ACCOUNT%'`)).toBe(1);

    const wrong = 'inbox_quarantined_total{reason="WRONG_ACCOUNT"}';
    const before = await metric(shop.url, wrong);
    const status = {
      MessageSid: newSid(),
      MessageStatus: 'read',
      AccountSid: TEST_ACCOUNT_SID,
      From: POKHARA,
    };
    const answer = await postWebhook(shop.url, Object.entries(status), { path: `${STATUS}?m=1&a=1` });
    expect(answer.status).toBe(204);
    expect(await metric(shop.url, wrong)).toBe(before + 1);
    expect(await count(shop.database.url, 'delivery_events WHERE sid = $1', [status.MessageSid])).toBe(0);
  });

  it('takes the events of both accounts', async () => {
    await shop.twilio.faults({ dropWebhooks: true });
    await shop.twilio.change({ eventsUrl: `${shop.url}/webhooks/twilio/events` });
    const { messageSid } = await shop.twilio.phone('+9779861000004').says('help', { to: POKHARA });
    await until(async () => (await inboxOf(messageSid)).length > 0);
    await shop.twilio.change({ eventsUrl: '' });
    expect(await inboxOf(messageSid)).toEqual([{ sender: POKHARA, source: 'events' }]);
  });

  it('fetches from each account what no webhook brought', async () => {
    await shop.twilio.faults({ dropWebhooks: true });
    const phone = shop.twilio.phone('+9779861000005');
    const missed = await Promise.all(
      [KATHMANDU, POKHARA].map((to) => phone.says('help', { to, agoMs: 60_000 })),
    );
    await shop.twilio.faults({});
    const { status } = await shop.staff('POST', '/api/v1/reconciliations', { since: '2h' });
    expect(status).toBe(200);
    const found = await Promise.all(missed.map(({ messageSid }) => inboxOf(messageSid)));
    expect(found.flat()).toEqual([
      { sender: KATHMANDU, source: 'reconcile' },
      { sender: POKHARA, source: 'reconcile' },
    ]);
    await settled(shop.database.url);
  });

  it('fetches a file with the credentials of the account that has it', async () => {
    await shop.twilio.change({ mediaAuth: true });
    const { messageSid } = await shop.twilio.phone('+9779861000006').sendsPicture({}, { to: POKHARA });
    const [media] = await until(async () => {
      const stored = await rows<{ status: string }>(
        shop.database.url,
        `SELECT status FROM media WHERE message_sid = $1 AND status <> 'pending'`,
        [messageSid],
      );
      return stored.length > 0 && stored;
    });
    expect(media).toEqual({ status: 'stored' });
    await shop.twilio.change({ mediaAuth: false });
  });

  it('stops one sender for its own trouble, and all of an account for the trouble of the account', async () => {
    const number = '+9779861000007';
    const refuse = async (rejectCode: number, rejectStatus: number): Promise<void> => {
      await shop.twilio.faults({ reject: { to: `whatsapp:${number}` }, rejectCode, rejectStatus });
      await shop.twilio.phone(number).says('help', { to: POKHARA });
      await until(async () => (await states())[POKHARA] === 'stopped');
      await shop.twilio.faults({});
    };
    await refuse(63007, 400);
    expect(await states()).toEqual({ [KATHMANDU]: 'active', [POKHARA]: 'stopped', [BUTWAL]: 'active' });
    expect((await shop.asks(number, KATHMANDU, 'help')).sender).toBe(KATHMANDU);
    expect((await shop.asks(number, BUTWAL, 'help')).sender).toBe(BUTWAL);
    const resume = (sender: string): Promise<{ status: number }> =>
      shop.staff('POST', `/api/v1/senders/${encodeURIComponent(sender)}/resume`);
    expect((await resume(POKHARA)).status).toBe(200);
    await settled(shop.database.url);

    await refuse(20003, 401);
    expect(await states()).toEqual({ [KATHMANDU]: 'active', [POKHARA]: 'stopped', [BUTWAL]: 'stopped' });
    expect((await shop.asks(number, KATHMANDU, 'help')).sender).toBe(KATHMANDU);
    await Promise.all([POKHARA, BUTWAL].map(resume));
    await settled(shop.database.url);
  });
});
