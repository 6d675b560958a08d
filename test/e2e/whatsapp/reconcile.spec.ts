import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type ReconciliationReport, Reconciler } from '@app/reconciliation';
import { until } from '@app/testing';
import { createWorker } from '../../../apps/worker/src/create-worker';
import { ReconciliationSweeper } from '../../../apps/worker/src/sweepers/reconciliation.sweeper';
import { openShop, type OpenShop } from '../support/open-shop';
import { count, metric, rows, settled } from './support/shop-rows';
import { postWebhook, textParams } from './support/signed-webhook';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

interface Stored {
  sid: string;
  source: string;
  content: Record<string, unknown>;
  external_id: string | null;
  profile_name: string;
}

describe('the reconciler', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
    // Here it compares when it is asked to: its own passes are tried below.
    await shop.app.get(ReconciliationSweeper, { strict: false }).beforeApplicationShutdown();
  });
  beforeEach(() => shop.twilio.faults({ dropWebhooks: true }));
  afterEach(() => shop.twilio.faults({}));
  afterAll(() => shop.close());

  const request = async (since?: string): Promise<ReconciliationReport> => {
    const { status, body } = await shop.staff<ReconciliationReport>(
      'POST',
      '/api/v1/reconciliations',
      since === undefined ? {} : { since },
    );
    expect(status).toBe(200);
    return body;
  };
  const inboxOf = (phone: string): Promise<Stored[]> =>
    rows<Stored>(shop.database.url, 'SELECT * FROM inbox_messages WHERE address = $1 ORDER BY id', [
      `whatsapp:${phone}`,
    ]);
  const watermark = async (): Promise<{ reached: Date; due_at: Date }> =>
    (
      await rows<{ reached: Date; due_at: Date }>(
        shop.database.url,
        `SELECT * FROM reconciliation_watermarks WHERE stream LIKE 'inbound %'`,
      )
    )[0]!;

  it('stores what was sent while nobody took webhooks, once and in order, and the shoppers are answered', async () => {
    const numbers = ['+9779830000001', '+9779830000002', '+9779830000003'];
    const sids = new Map<string, string[]>(numbers.map((number) => [number, []]));
    const words = ['hi', 'help', 'cart'];
    for (const [index, word] of words.entries()) {
      for (const number of numbers) {
        const agoMs = 2 * HOUR_MS - index * MINUTE_MS;
        const { messageSid } = await shop.twilio.phone(number).says(word, { agoMs });
        sids.get(number)!.push(messageSid);
      }
    }
    const before = await metric(shop.url, 'reconciled_messages_total');
    expect(await request('3h')).toMatchObject({
      inbound: { recovered: 9, young: 0, unusable: 0 },
      complete: true,
      problem: null,
    });
    for (const number of numbers) {
      const stored = await inboxOf(number);
      expect(stored.map(({ sid }) => sid)).toEqual(sids.get(number));
      expect(stored.map(({ source }) => source)).toEqual(['reconcile', 'reconcile', 'reconcile']);
    }
    expect(await metric(shop.url, 'reconciled_messages_total')).toBe(before + 9);
    expect(await metric(shop.url, 'inbox_messages_total{source="reconcile"}')).toBeGreaterThanOrEqual(9);
    await settled(shop.database.url);
    for (const number of numbers) {
      expect((await shop.twilio.acceptedMessages(number)).length).toBeGreaterThan(0);
    }

    const replies = (await shop.twilio.acceptedMessages()).length;
    expect(await request('3h')).toMatchObject({ inbound: { recovered: 0 }, complete: true });
    for (const number of numbers) {
      const late = textParams(number, 'hi', { MessageSid: sids.get(number)![0]! });
      expect((await postWebhook(shop.url, late)).status).toBe(200);
    }
    await settled(shop.database.url);
    expect(await count(shop.database.url, 'inbox_messages')).toBe(9);
    expect(await shop.twilio.acceptedMessages()).toHaveLength(replies);
  });

  it('marks a text as partial: it may have been a tap, a pin or a quote, which no list tells', async () => {
    const number = '+9779830000004';
    const phone = shop.twilio.phone(number);
    const agoMs = MINUTE_MS;
    await phone.taps({ title: 'Yes', payload: 'confirm:7' }, { agoMs, quote: `SM${'0'.repeat(32)}` });
    await phone.sendsLocation({ latitude: '27.7', longitude: '85.3', label: 'Thamel' }, { agoMs });
    const { messageSid } = await phone.sendsPicture(
      { contentType: 'image/png', body: 'this one' },
      { agoMs },
    );
    await request();
    const [tap, pin, picture] = await inboxOf(number);
    expect(tap).toMatchObject({ content: { type: 'text', text: 'Yes', partial: true } });
    expect(pin).toMatchObject({ content: { type: 'text', text: '', partial: true } });
    expect(tap).toMatchObject({ external_id: null, profile_name: '' });
    expect(picture!.content).toMatchObject({ type: 'media', text: 'this one' });
    const [media] = picture!.content['media'] as { url: string; contentType: string }[];
    expect(media!.contentType).toBe('image/png');
    expect(media!.url).toContain(`/Messages/${messageSid}/Media/ME`);
    expect((await fetch(media!.url)).status).toBe(200);
  });

  it('keeps the name that a shopper is known by', async () => {
    const number = '+9779830000005';
    const phone = shop.twilio.phone(number);
    await phone.set({ name: 'Asha' });
    await shop.twilio.faults({});
    await phone.says('hi');
    await phone.waitForReply();
    await shop.twilio.faults({ dropWebhooks: true });
    await phone.says('help', { agoMs: MINUTE_MS });
    await request();
    await settled(shop.database.url);
    expect(await inboxOf(number)).toHaveLength(2);
    const [shopper] = await rows<{ name: string }>(
      shop.database.url,
      'SELECT name FROM shoppers JOIN shopper_identities ON shopper_id = id WHERE address = $1',
      [`whatsapp:${number}`],
    );
    expect(shopper!.name).toBe('Asha');
  });

  it('leaves a young message to its webhook, and looks again soon', async () => {
    const number = '+9779830000006';
    const phone = shop.twilio.phone(number);
    await phone.taps({ title: 'Yes', payload: 'yes' }, { quote: `SM${'0'.repeat(32)}` });
    expect(await request()).toMatchObject({ inbound: { young: 1, recovered: 0 } });
    expect(await inboxOf(number)).toEqual([]);
    expect((await watermark()).due_at.getTime() - Date.now()).toBeLessThan(MINUTE_MS + 1_000);
  });

  it('goes on from its mark after a restart, and only one of two processes compares at a time', async () => {
    await rows(
      shop.database.url,
      `UPDATE reconciliation_watermarks SET reached = now() - interval '5 hours' WHERE stream LIKE 'inbound %'`,
    );
    const number = '+9779830000007';
    for (const hours of [5.2, 4, 2]) {
      await shop.twilio.phone(number).says(`${hours} hours ago`, { agoMs: hours * HOUR_MS });
    }
    const workers = await Promise.all([createWorker(shop.settings), createWorker(shop.settings)]);
    try {
      const answers = await slowly(() => workers.map((worker) => worker.get(Reconciler).run(null)));
      expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
      expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'RECONCILIATION_RUNNING' } });
    } finally {
      await Promise.all(workers.map((worker: NestFastifyApplication) => worker.close()));
    }
    const stored = await inboxOf(number);
    expect(stored.map(({ content }) => content['text'])).toEqual(['4 hours ago', '2 hours ago']);
    const agoMs = Date.now() - (await watermark()).reached.getTime();
    expect(agoMs).toBeLessThan(2 * HOUR_MS + MINUTE_MS);
  });

  it('answers 409 to staff while another process compares', async () => {
    const first = shop.app.get(Reconciler, { strict: false });
    const second = slowly(() => [
      first.run(null),
      shop.staff<{ code: string }>('POST', '/api/v1/reconciliations', {}),
    ]);
    const [, refused] = await second;
    expect(refused).toMatchObject({ status: 409, body: { code: 'RECONCILIATION_RUNNING' } });
  });

  it('moves no mark once its lease has become another’s', async () => {
    await shop.twilio.phone('+9779830000011').says('hi', { agoMs: MINUTE_MS });
    const { reached } = await watermark();
    const running = slowly(() => [request()]);
    await until(
      async () =>
        (await count(shop.database.url, 'reconciliation_watermarks WHERE leased_until > now()')) > 0,
    );
    await rows(shop.database.url, `UPDATE reconciliation_watermarks SET fence = fence + 1`);
    const [report] = await running;
    expect(report).toMatchObject({ complete: false });
    expect((await watermark()).reached).toEqual(reached);
    await rows(shop.database.url, `UPDATE reconciliation_watermarks SET leased_until = NULL`);
    expect(await request()).toMatchObject({ complete: true });
    expect(await inboxOf('+9779830000011')).toHaveLength(1);
  });

  it('refuses a period that it cannot read', async () => {
    const { status, body } = await shop.staff('POST', '/api/v1/reconciliations', { since: 'yesterday' });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'since' }] });
  });

  it.each([
    [404, 'Twilio does not list messages here', 10 * MINUTE_MS],
    [500, 'Twilio answered 500', MINUTE_MS],
  ])('is not complete when the list answers %i, and breaks nothing', async (listStatus, problem, dueMs) => {
    await shop.twilio.faults({ failLists: true, listStatus });
    const { reached } = await watermark();
    expect(await request()).toMatchObject({ complete: false, problem, inbound: { listed: 0 } });
    const after = await watermark();
    expect(after.reached).toEqual(reached);
    expect(Math.abs(after.due_at.getTime() - Date.now() - dueMs)).toBeLessThan(5_000);
    const phone = shop.twilio.phone('+9779830000008');
    await phone.says('hi');
    await phone.waitForReply();
  });

  /** Runs while every answer of Twilio takes its time, so that what runs side by side meets. */
  async function slowly<T>(work: () => T[]): Promise<Awaited<T>[]> {
    await shop.twilio.faults({ dropWebhooks: true, latencyMs: 1_000 });
    return Promise.all(work());
  }
});
