import fc from 'fast-check';
import type { Client } from 'pg';
import { type ArrivedReport, foldStatus } from '@app/delivery';
import { testDatabase, type TestDatabase } from '@app/testing';
import { connected, type OpenIngress, openIngress, SENDER, sidOf } from './open-ingress';

type Status = Parameters<typeof foldStatus>[0];

/** What the outbox says of a message. */
interface Row {
  status: Status;
  sid: string | null;
  error_code: number | null;
  sent: boolean;
  delivered: boolean;
  read: boolean;
}

const WORDS = ['queued', 'sent', 'canceled', 'failed', 'undelivered', 'delivered', 'read', 'constructor'];
const FAILED = ['failed', 'undelivered'];
const MESSAGES = 3;

/** One report about one of a few messages, under its own or a second SID, found by its id or by its SID. */
const report = fc.record({
  message: fc.integer({ min: 0, max: MESSAGES - 1 }),
  second: fc.boolean(),
  byId: fc.boolean(),
  word: fc.constantFrom(...WORDS),
  errorCode: fc.option(fc.integer({ min: 63_000, max: 63_003 })),
});
type Report = typeof report extends fc.Arbitrary<infer T> ? T : never;

describe('status reports that arrive together', () => {
  let database: TestDatabase;
  let client: Client;
  let [one, other]: OpenIngress[] = [];
  let conversation: string;
  let round = 0;
  beforeAll(async () => {
    database = await testDatabase();
    client = await connected(database.url);
    [one, other] = [await openIngress(database.url), await openIngress(database.url)];
    const { rows } = await client.query<{ id: string }>(
      `WITH shopper AS (INSERT INTO shoppers (language) VALUES ('en') RETURNING id)
       INSERT INTO conversations (shopper_id, sender, address) SELECT id, $1, 'whatsapp:+9779831000001' FROM shopper
       RETURNING id`,
      [SENDER],
    );
    conversation = rows[0]!.id;
  });
  afterAll(async () => {
    await one?.close();
    await other?.close();
    await client.end();
    await database.drop();
  });

  /** Messages that Twilio accepted, but for the last one, whose SID only a report can tell. */
  const newMessages = async (): Promise<{
    ids: string[];
    sid: (message: number, second: boolean) => string;
  }> => {
    const prefix = (round += 1).toString(16).padStart(6, '0');
    const sid = (message: number, second: boolean): string => sidOf(prefix + (second ? 'b' : 'a'), message);
    const ids: string[] = [];
    for (let message = 0; message < MESSAGES; message += 1) {
      const known = message < MESSAGES - 1;
      const { rows } = await client.query<{ id: string }>(
        `WITH row AS (
           INSERT INTO outbox_messages (conversation_id, sender, address, lane, body, correlation_id, status, sid)
           VALUES ($1, $2, 'whatsapp:+9779831000001', 'reply', 'x', 'test', $3, $4) RETURNING id, sid
         ), known AS (
           INSERT INTO message_sids (sid, direction, message_id) SELECT sid, 'outbound', id FROM row WHERE sid IS NOT NULL
         ) SELECT id FROM row`,
        [conversation, SENDER, known ? 'accepted' : 'uncertain', known ? sid(message, false) : null],
      );
      ids.push(rows[0]!.id);
    }
    return { ids, sid };
  };
  const rowsOf = async (ids: readonly string[]): Promise<Row[]> => {
    const { rows } = await client.query<Row>(
      `SELECT status, sid, error_code, sent_at IS NOT NULL AS sent, delivered_at IS NOT NULL AS delivered,
              read_at IS NOT NULL AS read
       FROM outbox_messages WHERE id = ANY($1) ORDER BY id`,
      [ids],
    );
    return rows;
  };
  const toArrived = (
    { message, second, byId, word, errorCode }: Report,
    { ids, sid }: Awaited<ReturnType<typeof newMessages>>,
  ): ArrivedReport => ({
    report: {
      sid: sid(message, second),
      status: word,
      errorCode,
      messageId: byId ? ids[message]! : null,
      attempt: 1,
    },
    params: { MessageStatus: word },
    receivedAt: Date.now(),
  });

  /** One report after the other, with the pure fold. */
  function expected(
    groups: readonly Report[][],
    start: Row[],
    sid: (message: number, second: boolean) => string,
  ): Row[] {
    const rows = structuredClone(start);
    const seen = new Set<string>();
    const known = new Map(
      start.flatMap((row, message) => (row.sid === null ? [] : [[row.sid, message] as const])),
    );
    for (const group of groups) {
      const before = new Map(known);
      for (const { message, second, byId, word, errorCode } of group) {
        const reported = sid(message, second);
        const isFresh = !seen.has(`${reported} ${word}`);
        seen.add(`${reported} ${word}`);
        // A report without our id, of a SID that nobody told before, is kept and is nobody's.
        if (!isFresh || (!byId && !before.has(reported))) {
          continue;
        }
        const row = rows[message]!;
        known.set(reported, message);
        row.sid ??= reported;
        if (row.sid !== reported) {
          continue;
        }
        const failed = FAILED.includes(row.status);
        row.status = foldStatus(row.status, word);
        row.sent ||= word === 'sent';
        row.delivered ||= word === 'delivered';
        row.read ||= word === 'read';
        const code = FAILED.includes(word) ? errorCode : null;
        row.error_code = FAILED.includes(row.status) ? (code ?? (failed ? row.error_code : null)) : null;
      }
    }
    return rows;
  }

  it('end as if they had come one by one, in whatever groups', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(report, { minLength: 1, maxLength: 8 }), { maxLength: 5 }),
        async (groups) => {
          const messages = await newMessages();
          const start = await rowsOf(messages.ids);
          for (const group of groups) {
            await one!.delivery.record(group.map((single) => toArrived(single, messages)));
          }
          expect(await rowsOf(messages.ids)).toEqual(expected(groups, start, messages.sid));
        },
      ),
      { numRuns: 80 },
    );
  });

  it('do not lock each other out when two processes store those of the same messages in opposite orders', async () => {
    for (let repeat = 0; repeat < 15; repeat += 1) {
      const messages = await newMessages();
      const group = Array.from({ length: MESSAGES }, (_, message) =>
        ['sent', 'delivered', 'read'].map((word) =>
          toArrived({ message, second: false, byId: true, word, errorCode: null }, messages),
        ),
      ).flat();
      await Promise.all([
        one!.delivery.record(group.filter((_, index) => index % 3 !== 2)),
        other!.delivery.record([...group].reverse().filter((_, index) => index % 2 === 0)),
      ]);
      const rows = await rowsOf(messages.ids);
      const { rows: events } = await client.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM delivery_events WHERE message_id = ANY($1)',
        [messages.ids],
      );
      expect(rows.map(({ status }) => status)).not.toContain('accepted');
      expect(events[0]!.n).toBe(
        rows.reduce((sum, { sent, delivered, read }) => sum + +sent + +delivered + +read, 0),
      );
    }
  });
});
