import { randomBytes } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import { ConversationModule } from '@app/conversation';
import { Database, queryRows } from '@app/database';
import { MESSAGE_SENDER, type OutboundMessage, type SendOutcome } from '@app/messaging';
import { OutboxSender, OutboxService, SenderStops } from '@app/outbox';
import { CoreModule } from '@app/platform';
import { testDatabase, type TestDatabase, testSettings } from '@app/testing';

const SENDER = 'whatsapp:+14155238886';
const OTHER = 'whatsapp:+14155238887';
const CONVERSATIONS = 200;
const MESSAGES = 4;
const WORKERS = 40;

describe('the queue of a sender whose credentials are wrong', () => {
  let database: TestDatabase;
  let module: TestingModule;
  let answer: (message: OutboundMessage) => SendOutcome;
  const asked: OutboundMessage[] = [];
  beforeAll(async () => {
    database = await testDatabase();
    const send = async (message: OutboundMessage): Promise<SendOutcome> => {
      asked.push(message);
      // As long as a request takes: others are sent meanwhile.
      await new Promise((resolve) => setImmediate(resolve));
      return answer(message);
    };
    module = await Test.createTestingModule({
      imports: [CoreModule.forRoot(testSettings(database.url)), ConversationModule],
    })
      .overrideProvider(MESSAGE_SENDER)
      .useValue({ send })
      .compile();
    await module.init();
  });
  afterAll(async () => {
    await module.close();
    await database.drop();
  });

  const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    queryRows<Row>(module.get(Database).pool, sql, parameters);
  const write = async (sender: string, conversations: number): Promise<string[]> => {
    const rows = await query<{ id: string }>(
      `WITH shopper AS (INSERT INTO shoppers (language) SELECT 'en' FROM generate_series(1, $2::int) RETURNING id),
       opened AS (
         INSERT INTO conversations (shopper_id, sender, address, last_inbound_at)
         SELECT id, $1, 'whatsapp:NP.' || id, now() FROM shopper
         RETURNING id, address
       ), written AS (
         INSERT INTO outbox_messages (conversation_id, sender, address, lane, correlation_id, status, body)
         SELECT id, $1, address, 'reply', 'test', 'queued', 'part ' || part
         FROM generate_series(1, $3::int) AS part CROSS JOIN opened ORDER BY part, id
       )
       SELECT id FROM opened`,
      [sender, conversations, MESSAGES],
    );
    return rows.map(({ id }) => id);
  };
  const drain = async (conversations: readonly string[]): Promise<void> => {
    const waiting = conversations.values();
    const work = async (): Promise<void> => {
      for (const conversation of waiting) {
        await module.get(OutboxSender).drain(conversation);
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, work));
  };
  const statuses = (sender: string): Promise<{ status: string; n: number }[]> =>
    query('SELECT status, count(*)::int AS n FROM outbox_messages WHERE sender = $1 GROUP BY status', [
      sender,
    ]);
  const stranded = (): Promise<string[]> => module.get(OutboxService).stranded(0, 10_000);

  it('waits whole after a few refusals, is no work for a sweeper, and no other sender minds', async () => {
    answer = ({ sender }) =>
      sender === SENDER
        ? { kind: 'rejected', action: 'stop_sender', code: 20003, message: 'Authenticate' }
        : { kind: 'accepted', sid: `SM${randomBytes(16).toString('hex')}` };
    const [conversations, others] = [await write(SENDER, CONVERSATIONS), await write(OTHER, 2)];
    await drain([...conversations, ...others]);

    expect(await statuses(SENDER)).toEqual([{ status: 'queued', n: CONVERSATIONS * MESSAGES }]);
    expect(await statuses(OTHER)).toEqual([{ status: 'accepted', n: 2 * MESSAGES }]);
    expect(asked.filter(({ sender }) => sender === SENDER).length).toBeLessThanOrEqual(2 * WORKERS);
    expect(await stranded()).toEqual([]);
    expect(await module.get(SenderStops).inForce()).toMatchObject([{ sender: SENDER, code: 20003 }]);
  });

  it('goes out once and in order when the sender is resumed', async () => {
    answer = () => ({ kind: 'accepted', sid: `SM${randomBytes(16).toString('hex')}` });
    asked.length = 0;
    const resumed = await module
      .get(Database)
      .transaction((tx) => module.get(SenderStops).resume(tx, SENDER));
    expect(resumed.ok).toBe(true);
    const found = await stranded();
    expect(found).toHaveLength(CONVERSATIONS);
    await drain(found);

    expect(await statuses(SENDER)).toEqual([{ status: 'accepted', n: CONVERSATIONS * MESSAGES }]);
    const bodies = new Map<string, string[]>();
    for (const { address, body } of asked) {
      bodies.set(address, [...(bodies.get(address) ?? []), body]);
    }
    expect([...new Set([...bodies.values()].map((parts) => parts.join(', ')))]).toEqual([
      'part 1, part 2, part 3, part 4',
    ]);
    expect(bodies.size).toBe(CONVERSATIONS);
  });
});
