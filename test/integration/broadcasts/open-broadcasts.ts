import { Test } from '@nestjs/testing';
import {
  type Broadcast,
  type BroadcastCommand,
  type BroadcastDraft,
  BroadcastFeeder,
  BroadcastsModule,
  BroadcastsService,
  type Progress,
  type Recipient,
} from '@app/broadcasts';
import { ConversationModule } from '@app/conversation';
import { Database, queryRows } from '@app/database';
import { CoreModule } from '@app/platform';
import { testDatabase, testSettings } from '@app/testing';

export const SENDER = 'whatsapp:+14155238886';

/** A worker's part in broadcasts; nothing repeats but what the test repeats. */
export interface Feeding {
  broadcasts: BroadcastsService;
  pass: () => Promise<void>;
  close: () => Promise<void>;
}

export interface Broadcasts extends Feeding {
  url: string;
  rows: <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>;
  /** One more worker on the same database, with settings of its own. */
  another: (environment?: Record<string, string>) => Promise<Feeding>;
  create: (draft: Partial<BroadcastDraft>) => Promise<Broadcast>;
  command: (id: string, command: BroadcastCommand) => Promise<string>;
  /** Created, started, and every recipient found. */
  running: (draft: Partial<BroadcastDraft>) => Promise<Broadcast>;
  progress: (id: string) => Promise<Progress>;
  recipients: (id: string) => Promise<readonly Recipient[]>;
  /** The outbox sends what is queued. */
  sent: () => Promise<void>;
  /** Passes, and the outbox sends, until the broadcast has ended. */
  finish: (id: string) => Promise<Progress>;
}

/** Broadcasts on a database of their own, with an outbox that sends when the test says so. */
export async function openBroadcasts(): Promise<Broadcasts> {
  const { url, drop } = await testDatabase();
  const open = async (
    environment: Record<string, string> = {},
  ): Promise<Feeding & { database: Database }> => {
    const module = await Test.createTestingModule({
      imports: [CoreModule.forRoot(testSettings(url, environment)), ConversationModule, BroadcastsModule],
    }).compile();
    await module.init();
    const feeder = module.get(BroadcastFeeder);
    return {
      broadcasts: module.get(BroadcastsService),
      database: module.get(Database),
      pass: () => feeder.pass(),
      close: () => module.close(),
    };
  };
  const first = await open();
  const { database, broadcasts, pass } = first;
  const rows = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    queryRows<Row>(database.pool, sql, parameters);
  const create: Broadcasts['create'] = (draft) =>
    database.transaction(async (tx) => valueOf(await broadcasts.create(tx, { ...everything, ...draft })));
  const command: Broadcasts['command'] = (id, name) =>
    database.transaction(async (tx) => {
      const obeyed = await broadcasts.command(tx, id, name);
      return obeyed.ok ? obeyed.value.broadcast.status : obeyed.refusal.code;
    });
  const progress = async (id: string): Promise<Progress> => valueOf(await broadcasts.progress(id));
  const sent = async (): Promise<void> => {
    await rows(`UPDATE outbox_messages SET status = 'accepted' WHERE status = 'queued'`);
  };
  return {
    ...first,
    url,
    rows,
    another: open,
    create,
    command,
    running: async (draft) => {
      const { id } = await create({ ...draft, messagesPerMinute: 1 });
      await command(id, 'start');
      // Whoever is found is held back, so that the test sees the first one go.
      await rows(`UPDATE broadcasts SET paced_to = now() + interval '1 day' WHERE id = $1`, [id]);
      await pass();
      await rows(`UPDATE broadcasts SET paced_to = NULL, messages_per_minute = $2 WHERE id = $1`, [
        id,
        draft.messagesPerMinute ?? everything.messagesPerMinute,
      ]);
      return (await progress(id)).broadcast;
    },
    progress,
    recipients: async (id) => valueOf(await broadcasts.recipients(id, { limit: 100_000 })).items,
    sent,
    finish: async (id) => {
      for (let passes = 0; passes < 200; passes += 1) {
        // Time passes.
        await rows(`UPDATE broadcasts SET paced_to = paced_to - interval '2 seconds' WHERE id = $1`, [id]);
        await pass();
        await sent();
        const now = await progress(id);
        if (now.broadcast.endedAt) {
          return now;
        }
      }
      throw new Error('the broadcast did not end');
    },
    close: async () => {
      await first.close();
      await drop();
    },
  };
}

const everything: BroadcastDraft = {
  name: 'Offer',
  segment: {},
  content: { type: 'text', text: 'Momos are 20 % off today.' },
  messagesPerMinute: 60_000,
  budget: { mostMessages: 1_000_000, mostCostMinor: null, priceMinor: null, currency: 'USD' },
};

export interface ShopperRow {
  name?: string;
  language?: string;
  /** How long ago the last message came; null for never. */
  wroteHoursAgo?: number | null;
  optedOut?: boolean;
  cart?: object[];
}

let shoppers = 0;

/** Shoppers with one conversation each; their addresses. */
export async function addShoppers(
  { rows }: Pick<Broadcasts, 'rows'>,
  added: readonly ShopperRow[],
): Promise<string[]> {
  const given = added.map(
    ({ name = 'Asha', language = 'en', wroteHoursAgo = 1, optedOut = false, cart = [] }) => {
      shoppers += 1;
      const address = `whatsapp:+97798${String(shoppers).padStart(8, '0')}`;
      return { name, language, wroteHoursAgo, optedOut, cart, address };
    },
  );
  await rows(
    `WITH given AS MATERIALIZED (
       SELECT g.*, nextval(pg_get_serial_sequence('shoppers', 'id')) AS id
       FROM json_to_recordset($1)
         AS g (address text, name text, language text, "wroteHoursAgo" float8, "optedOut" boolean, cart jsonb)
     ), shopper AS (
       INSERT INTO shoppers (id, name, language, opted_out_at)
       SELECT id, name, language, CASE WHEN "optedOut" THEN now() END FROM given
     ), identity AS (
       INSERT INTO shopper_identities (address, shopper_id) SELECT address, id FROM given
     ), consent AS (
       INSERT INTO consents (shopper_id, topic, state, source) SELECT id, 'broadcast', 'granted', 'staff' FROM given
     )
     INSERT INTO conversations (shopper_id, sender, address, cart, last_inbound_at)
     SELECT id, '${SENDER}', address, cart, now() - "wroteHoursAgo" * interval '1 hour' FROM given`,
    [JSON.stringify(given)],
  );
  return given.map(({ address }) => address);
}

/** An order of a shopper, placed so many days ago. */
export async function addOrder(
  { rows }: Pick<Broadcasts, 'rows'>,
  address: string,
  daysAgo: number,
  status = 'delivered',
): Promise<void> {
  await rows(
    `INSERT INTO orders (shopper_id, conversation_id, status, total_minor, currency, fulfilment, payment, created_at)
     SELECT shopper_id, id, $3, 18000, 'NPR', 'pickup', 'cash', now() - $2 * interval '1 day'
     FROM conversations WHERE address = $1`,
    [address, daysAgo, status],
  );
}

/** How many messages each address got, for those that got any. */
export async function messagesByAddress({ rows }: Pick<Broadcasts, 'rows'>): Promise<Map<string, number>> {
  const found = await rows<{ address: string; count: number }>(
    `SELECT address, count(*)::int AS count FROM outbox_messages WHERE topic = 'broadcast' GROUP BY address`,
  );
  return new Map(found.map(({ address, count }) => [address, count]));
}

function valueOf<T>(result: { ok: true; value: T } | { ok: false; refusal: { detail: string } }): T {
  if (!result.ok) {
    throw new Error(result.refusal.detail);
  }
  return result.value;
}
