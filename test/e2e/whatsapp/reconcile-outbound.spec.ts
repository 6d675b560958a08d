import type { ReconciliationReport } from '@app/reconciliation';
import { until } from '@app/testing';
import { ReconciliationSweeper } from '../../../apps/worker/src/sweepers/reconciliation.sweeper';
import { openShop, type OpenShop } from '../support/open-shop';
import { count, type OutboxRow, outboxOf, rows } from './support/shop-rows';

describe('a message of ours whose callback never comes', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
    await shop.app.get(ReconciliationSweeper, { strict: false }).beforeApplicationShutdown();
    await shop.twilio.change({ callbacks: 'off' });
  });
  afterAll(() => shop.close());

  /** A reply that Twilio accepted, and that the phone has, or not yet. */
  const replied = async (number: string, atTwilio: string): Promise<OutboxRow> => {
    await shop.twilio.phone(number).says('hi');
    await until(async () => (await outboxOf(shop.database.url, number))[0]?.status === 'accepted');
    await until(async () => (await shop.twilio.acceptedMessages(number))[0]?.status === atTwilio);
    return (await outboxOf(shop.database.url, number))[0]!;
  };
  const acceptedAgo = (id: string, interval: string): Promise<unknown> =>
    rows(shop.database.url, `UPDATE outbox_messages SET accepted_at = now() - $2::interval WHERE id = $1`, [
      id,
      interval,
    ]);
  const request = async (): Promise<ReconciliationReport['outbound']> =>
    (await shop.staff<ReconciliationReport>('POST', '/api/v1/reconciliations', {})).body.outbound;

  it('is asked for after ten minutes, and what Twilio knows is recorded as its report', async () => {
    const [waiting, fresh] = [
      await replied('+9779831000001', 'read'),
      await replied('+9779831000002', 'read'),
    ];
    await acceptedAgo(waiting.id, '11 minutes');
    expect(await request()).toEqual({ asked: 1, settled: 1 });
    const [row] = await outboxOf(shop.database.url, '+9779831000001');
    expect(row).toMatchObject({ status: 'read', sid: waiting.sid });
    expect((await outboxOf(shop.database.url, '+9779831000002'))[0]!.status).toBe(fresh.status);
    expect(await count(shop.database.url, 'delivery_events WHERE message_id = $1', [waiting.id])).toBe(1);
    const { body } = await shop.staff('GET', `/api/v1/whatsapp/messages/${waiting.id}`);
    expect(body).toMatchObject({ status: 'read', timeline: [{}, {}, { status: 'read' }] });
  });

  it('that failed has its error', async () => {
    const number = '+9779831000003';
    await shop.twilio.phone(number).set({ fails: { status: 'undelivered', errorCode: 63024 } });
    const { id } = await replied(number, 'undelivered');
    await acceptedAgo(id, '11 minutes');
    expect(await request()).toEqual({ asked: 1, settled: 1 });
    expect((await outboxOf(shop.database.url, number))[0]).toMatchObject({
      status: 'undelivered',
      error_code: 63024,
    });
  });

  it('that rests at a phone which is off is asked for once more, after four hours, and then no more', async () => {
    const number = '+9779831000004';
    await shop.twilio.phone(number).set({ online: false });
    const { id } = await replied(number, 'sent');
    await acceptedAgo(id, '12 minutes');
    expect(await request()).toEqual({ asked: 0, settled: 0 });
    await acceptedAgo(id, '10 minutes');
    expect(await request()).toEqual({ asked: 1, settled: 0 });
    expect((await outboxOf(shop.database.url, number))[0]!.status).toBe('sent');
    expect(await request()).toEqual({ asked: 0, settled: 0 });
    await acceptedAgo(id, '4 hours 1 minute');
    expect(await request()).toEqual({ asked: 1, settled: 0 });
    expect(await request()).toEqual({ asked: 0, settled: 0 });
  });

  it('is asked for again when Twilio could not be reached', async () => {
    const number = '+9779831000005';
    const { id } = await replied(number, 'read');
    await acceptedAgo(id, '10 minutes');
    await shop.twilio.faults({ failBefore: true, failStatus: 503, onReads: true });
    expect(await request()).toEqual({ asked: 0, settled: 0 });
    await shop.twilio.faults({});
    expect(await request()).toEqual({ asked: 1, settled: 1 });
    expect((await outboxOf(shop.database.url, number))[0]!.status).toBe('read');
  });
});
