import { Client } from 'pg';
import { BroadcastFeeder } from '@app/broadcasts';
import { OrderNotifications } from '@app/fulfilment';
import { InboxService } from '@app/inbox';
import { MediaIntake } from '@app/media';
import { BulkLane, OutboundDoubts, OutboxService } from '@app/outbox';
import { Reconciler } from '@app/reconciliation';
import { until } from '@app/testing';
import { openShop, type OpenShop } from '../e2e/support/open-shop';
import { asSweep, RoundTripRecorder, type RoundTrip } from './round-trips.recorder';

const MOST_ROUND_TRIPS = 11;
const MOST_COMMITS = 4;

interface Step {
  says: string;
  /** Up to the statement that records Twilio's SID. */
  ours: RoundTrip[];
  /** What follows when the reply is recorded already: looking for more to send. */
  after: RoundTrip[];
  queue: RoundTrip[];
}

const commitsIn = (trips: readonly RoundTrip[]): number => trips.filter(({ commits }) => commits).length;

/** Pads to a table that docs/ARCHITECTURE.md can hold. */
function table(steps: readonly Step[]): string {
  const rows = steps.map(({ says, ours, after, queue }) => [
    says,
    ...[ours.length, commitsIn(ours), after.length, queue.length].map(String),
  ]);
  const head = ['message', 'round trips', 'commits', 'after the reply', 'of the queue'];
  const all = [head, head.map((title) => '-'.repeat(title.length)), ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}

describe('round trips to PostgreSQL per shopper message, from the webhook to its reply recorded', () => {
  const recorder = new RoundTripRecorder();
  let shop: OpenShop;
  let observer: Client;

  beforeAll(async () => {
    recorder.start();
    shop = await openShop();
    observer = new Client({ connectionString: shop.database.url, application_name: 'observer' });
    await observer.connect();
    // What the sweepers ask for by themselves is no message's cost; a message that they would process is.
    const [inbox, outbox] = [shop.app.get(InboxService), shop.app.get(OutboxService)];
    const reconciler = shop.app.get(Reconciler, { strict: false });
    asSweep(inbox, 'stranded');
    asSweep(outbox, 'expireClaims');
    asSweep(outbox, 'stranded');
    asSweep(shop.app.get(BulkLane, { strict: false }), 'look');
    asSweep(shop.app.get(OutboundDoubts), 'due');
    asSweep(shop.app.get(BroadcastFeeder, { strict: false }), 'pass');
    asSweep(shop.app.get(MediaIntake, { strict: false }), 'look');
    asSweep(shop.app.get(MediaIntake, { strict: false }), 'tidy');
    asSweep(shop.app.get(OrderNotifications, { strict: false }), 'sendDue');
    asSweep(reconciler, 'hasten');
    asSweep(reconciler, 'runDue');
  });
  afterAll(async () => {
    await observer.end();
    await shop.close();
    recorder.stop();
  });

  const settled = async (messageSid: string): Promise<void> => {
    await until(async () => {
      const { rows } = await observer.query<{ done: boolean }>(
        `SELECT true AS done FROM inbox_messages AS i JOIN outbox_messages AS o ON o.in_reply_to ? i.sid
         WHERE i.sid = $1 AND i.status = 'processed' AND o.accepted_at IS NOT NULL`,
        [messageSid],
      );
      return rows.length > 0;
    });
    await until(() => recorder.quiet());
  };

  const measure = async (phone: string, says: string): Promise<Step> => {
    await until(() => recorder.quiet());
    recorder.take();
    const { messageSid } = await shop.twilio.phone(phone).says(says);
    await settled(messageSid);
    const trips = recorder.take();
    const ours = trips.filter(({ application }) => application === 'pasal');
    const recorded =
      ours.findLastIndex(({ sql }) => sql.includes('accepted_at = coalesce(m.accepted_at, now())')) + 1;
    return {
      says,
      ours: ours.slice(0, recorded),
      after: ours.slice(recorded),
      queue: trips.filter(({ application }) => application === 'pasal-queue'),
    };
  };

  it(`stays within ${MOST_ROUND_TRIPS} round trips and ${MOST_COMMITS} commits at every step of an order`, async () => {
    await shop.twilio.change({ callbacks: 'off' });
    // A first shopper fills what the process keeps in memory (the catalogue): counted for nobody.
    await measure('+9779800000100', 'hi');
    const steps: Step[] = [];
    for (const says of [
      'hi',
      '1',
      '1 x 10',
      'cart',
      'place order',
      'delivery',
      'Thamel, Kathmandu',
      'cash',
      'yes',
      'my orders',
      'cancel order',
      'hello again',
    ]) {
      steps.push(await measure('+9779800000101', says));
    }
    const [first] = steps;
    if (first) {
      first.says = 'hi (new shopper)';
    }
    const add = steps.find(({ says }) => says === '1 x 10');
    process.stdout.write(
      `\n${table(steps)}\n\n"1 x 10":\n${sequence(add?.ours)}\nits queue:\n${sequence(add?.queue)}\n` +
        `"yes":\n${sequence(steps.find(({ says }) => says === 'yes')?.ours)}\n` +
        `"hi" of a new shopper:\n${sequence(first?.ours)}\n`,
    );
    const over = steps.filter(
      ({ ours }) => ours.length > MOST_ROUND_TRIPS || commitsIn(ours) > MOST_COMMITS || ours.length === 0,
    );
    expect(
      over.map(({ says, ours }) => `${says}: ${ours.length} round trips, ${commitsIn(ours)} commits`),
    ).toEqual([]);
  });

  it('counts the status callbacks of a reply apart', async () => {
    await shop.twilio.change({ callbacks: 'off' });
    const without = await measure('+9779800000101', 'cart');
    await shop.twilio.change({ callbacks: 'on' });
    await until(() => recorder.quiet());
    recorder.take();
    const { messageSid } = await shop.twilio.phone('+9779800000101').says('cart');
    await until(async () => {
      const { rows } = await observer.query(
        `SELECT FROM outbox_messages WHERE in_reply_to ? $1 AND status = 'read'`,
        [messageSid],
      );
      return rows.length > 0;
    });
    await until(() => recorder.quiet());
    const ours = recorder.take().filter(({ application }) => application === 'pasal');
    const message = [...without.ours, ...without.after];
    const callbacks = ours.length - message.length;
    process.stdout.write(
      `\nstatus callbacks sent, delivered, read: ${callbacks} round trips, ` +
        `${commitsIn(ours) - commitsIn(message)} commits in all\n`,
    );
    expect(callbacks).toBeGreaterThan(0);
    expect(callbacks / 3).toBeLessThanOrEqual(5);
  });
});

function sequence(trips: readonly RoundTrip[] = []): string {
  return trips
    .map(({ sql, commits }, index) => `${index + 1}.${commits ? ' [commit]' : ''} ${sql.slice(0, 150)}`)
    .join('\n');
}
