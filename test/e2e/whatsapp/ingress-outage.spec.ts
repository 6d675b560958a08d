import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { type EndOutage, lockInbox, refuseConnections } from './support/outage';
import { count, metric, outboxOf, rows, settled } from './support/shop-rows';
import { newSid, postWebhook, STATUS, textParams, type WebhookAnswer } from './support/signed-webhook';

interface Health {
  status: string;
  details: {
    database: { status: string; degraded?: boolean };
    journal: { state: string; records: number; bytes: number; oldestSeconds: number };
  };
}

describe('the webhook without its database', () => {
  let shop: OpenShop;
  let endOutage: EndOutage | undefined;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterEach(async () => {
    await endOutage?.();
    endOutage = undefined;
    await until(() => isCaughtUp());
  });
  afterAll(() => shop.close());

  const health = async (): Promise<{ code: number; body: Health }> => {
    const answer = await fetch(`${shop.url}/health/ready`);
    return { code: answer.status, body: (await answer.json()) as Health };
  };
  const isCaughtUp = async (): Promise<boolean> => (await health()).body.details.journal.state === 'idle';
  const says = (phone: string, body: string): Promise<WebhookAnswer> =>
    postWebhook(shop.url, textParams(phone, body));
  const end = async (): Promise<void> => {
    await endOutage?.();
    endOutage = undefined;
  };
  /** What the shopper wrote, in the order in which it is processed. */
  const inbox = async (phone: string): Promise<string[]> =>
    (
      await rows<{ text: string }>(
        shop.database.url,
        `SELECT content->>'text' AS text FROM inbox_messages WHERE address = $1 ORDER BY id`,
        [`whatsapp:${phone}`],
      )
    ).map(({ text }) => text);

  it.each([
    ['locked', '+977981500000', lockInbox],
    ['taking no connections', '+977981500001', refuseConnections],
  ])(
    'is answered 200 from the journal while the inbox is %s, and every message is processed later, in order',
    async (_, prefix, begin) => {
      endOutage = await begin(shop.database.url);
      const shoppers = Array.from(
        { length: 20 },
        (__, index) => `${prefix}${String(index).padStart(2, '0')}`,
      );
      const first = await Promise.all(shoppers.map((shopper) => says(shopper, 'hi')));
      const later: WebhookAnswer[] = [];
      for (const body of ['cart', 'help', 'my orders']) {
        later.push(...(await Promise.all(shoppers.map((shopper) => says(shopper, body)))));
      }
      expect([...first, ...later].map(({ status }) => status)).toEqual(Array(80).fill(200));
      expect(Math.max(...first.map(({ ms }) => ms))).toBeLessThan(3_000);
      // Nobody waits for a database that is known to be away.
      expect(Math.max(...later.map(({ ms }) => ms))).toBeLessThan(500);
      const { code, body } = await health();
      expect([code, body.details.journal.state]).toEqual([200, 'filling']);
      // Status reports of earlier replies go the same way.
      expect(body.details.journal.records).toBeGreaterThanOrEqual(80);
      expect(await metric(shop.url, 'backlog_depth{box="journal"}')).toBeGreaterThanOrEqual(80);
      expect(await metric(shop.url, 'journal_bytes')).toBeGreaterThan(10_000);
      await end();
      await until(() => isCaughtUp());
      await settled(shop.database.url);
      for (const shopper of shoppers) {
        expect(await inbox(shopper)).toEqual(['hi', 'cart', 'help', 'my orders']);
      }
      const unanswered = shoppers.map(
        async (shopper) => (await shop.twilio.acceptedMessages(shopper)).length === 0,
      );
      expect(await Promise.all(unanswered)).not.toContain(true);
      expect(await metric(shop.url, 'backlog_depth{box="journal"}')).toBe(0);
    },
  );

  it('keeps the time of arrival, a repeat once, and what cannot be used apart', async () => {
    const phone = '+9779815000200';
    endOutage = await refuseConnections(shop.database.url);
    const arrived = Date.now();
    const params = textParams(phone, 'hi');
    await postWebhook(shop.url, params);
    await postWebhook(shop.url, params);
    await postWebhook(shop.url, textParams(phone, 'hi', { From: 'whatsapp:nobody' }));
    await until(() => Date.now() - arrived > 1_500);
    await end();
    await until(() => isCaughtUp());
    const [row, ...more] = await rows<{ received_at: Date }>(
      shop.database.url,
      'SELECT received_at FROM inbox_messages WHERE address = $1',
      [`whatsapp:${phone}`],
    );
    expect(more).toEqual([]);
    expect(Math.abs(row!.received_at.getTime() - arrived)).toBeLessThan(1_000);
    expect(await count(shop.database.url, `inbox_quarantine WHERE reason LIKE 'WRONG_SHAPE%'`)).toBe(1);
  });

  it('keeps status reports, and folds them later', async () => {
    const number = '+9779815000201';
    await shop.twilio.change({ callbacks: 'off' });
    const phone = shop.twilio.phone(number);
    await phone.says('hi');
    await phone.waitForReply();
    const row = await until(async () => {
      const [sent] = await outboxOf(shop.database.url, number);
      return sent?.sid != null && sent;
    });
    await shop.twilio.change({ callbacks: 'on' });
    endOutage = await refuseConnections(shop.database.url);
    for (const status of ['read', 'sent', 'delivered']) {
      const params = Object.entries({ MessageSid: row.sid!, MessageStatus: status });
      expect((await postWebhook(shop.url, params, { path: `${STATUS}?m=${row.id}&a=1` })).status).toBe(204);
    }
    await end();
    await until(async () => (await outboxOf(shop.database.url, number))[0]!.status === 'read');
    expect(await count(shop.database.url, 'delivery_events WHERE sid = $1', [row.sid])).toBe(3);
  });

  it('lets new messages wait behind the journal, also when it is nearly empty', async () => {
    const phone = '+9779815000202';
    endOutage = await refuseConnections(shop.database.url);
    const words = Array.from({ length: 60 }, (_, index) => `word ${index}`);
    for (const [index, word] of words.entries()) {
      expect((await says(phone, word)).status).toBe(200);
      if (index === 30) {
        await end();
      }
    }
    await until(async () => (await inbox(phone)).length === words.length);
    expect(await inbox(phone)).toEqual(words);
  });

  it('is answered 503 within three seconds when the disk takes nothing either; not ready, but alive', async () => {
    // A file where the folder should be: what root cannot be forbidden by permissions.
    const home = mkdtempSync(join(tmpdir(), 'pasal-home-'));
    const journal = join(home, 'journal');
    writeFileSync(journal, '');
    const own = await openShop({ PASAL_HOME: home });
    let ended: EndOutage | undefined;
    try {
      const before = (await (await fetch(`${own.url}/health/ready`)).json()) as Health;
      expect([before.status, before.details.journal.state]).toEqual(['ok', 'unwritable']);
      ended = await refuseConnections(own.database.url);
      const sid = newSid();
      const params = textParams('+9779815000203', 'hi', { MessageSid: sid });
      const answers = await Promise.all(Array.from({ length: 20 }, () => postWebhook(own.url, params)));
      for (const { status, ms } of answers) {
        expect(status).toBe(503);
        expect(ms).toBeLessThan(3_000);
      }
      expect([
        (await fetch(`${own.url}/health/ready`)).status,
        (await fetch(`${own.url}/health/live`)).status,
      ]).toEqual([503, 200]);
      expect((await fetch(`${own.url}/metrics`)).status).toBe(200);
      rmSync(journal);
      await until(async () => (await postWebhook(own.url, params)).status === 200);
      await ended();
      ended = undefined;
      await until(async () => (await own.twilio.acceptedMessages('+9779815000203')).length === 1);
    } finally {
      await ended?.();
      await own.close();
      rmSync(home, { recursive: true });
    }
  });

  it('tells staff that the database is away, not that something broke', async () => {
    await shop.staff('GET', '/api/v1/orders');
    endOutage = await refuseConnections(shop.database.url);
    const { status, body } = await shop.staff<{ code: string; detail: string }>('GET', '/api/v1/orders');
    expect([status, body.code]).toEqual([503, 'UNAVAILABLE']);
    expect(body.detail).toMatch(/database/);
  });
});
