import { randomBytes } from 'node:crypto';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import { ConversationModule, ConversationProcessor } from '@app/conversation';
import { type FailpointAction, Failpoints } from '@app/failpoints';
import { MESSAGE_SENDER, type OutboundMessage, type SendOutcome } from '@app/messaging';
import { CoreModule, seedDatabase } from '@app/platform';
import { testDatabase, testSettings } from '@app/testing';

export const SENDER = 'whatsapp:+14155238886';

export interface Arrival {
  from: string;
  text?: string;
  content?: object;
  /** How long ago it came. */
  agoMs?: number;
}

/** A process that works through mail; nothing sweeps and nothing rings but the test. */
export interface Worker {
  process: (inboxIds: readonly string[]) => Promise<void>;
  close: () => Promise<void>;
}

export interface Turns extends Worker {
  url: string;
  sent: OutboundMessage[];
  sentTo: (from: string) => string[];
  arrive: (...messages: readonly Arrival[]) => Promise<string[]>;
  rows: <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>;
  /** One more process on the same database; what it does at failpoints may throw, as if it ended there. */
  another: (atFailpoint?: FailpointAction) => Promise<Worker>;
}

const newSid = (): string => `SM${randomBytes(16).toString('hex')}`;

/** The conversation engine on a database of its own, with a sender that accepts everything and remembers it. */
export async function openTurns(environment: Record<string, string> = {}): Promise<Turns> {
  const { url, drop } = await testDatabase();
  await seedDatabase(url, { email: 'admin@pasal.local', password: 'correct horse battery' });
  const sent: OutboundMessage[] = [];
  const send = (message: OutboundMessage): Promise<SendOutcome> => {
    sent.push(message);
    return Promise.resolve({ kind: 'accepted', sid: newSid() });
  };
  const another = async (atFailpoint?: FailpointAction): Promise<Worker> => {
    const module = await Test.createTestingModule({
      imports: [CoreModule.forRoot(testSettings(url, environment)), ConversationModule],
    })
      .overrideProvider(MESSAGE_SENDER)
      .useValue({ send })
      .overrideProvider(Failpoints)
      .useValue(new Failpoints(atFailpoint))
      .compile();
    await module.init();
    const processor = module.get(ConversationProcessor);
    return { process: (inboxIds) => processor.process(inboxIds), close: () => module.close() };
  };
  const worker = await another();
  const client = new Client({ connectionString: url, application_name: 'observer' });
  await client.connect();
  const rows = async <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    (await client.query(sql, parameters)).rows as Row[];
  return {
    url,
    process: worker.process,
    another,
    sent,
    sentTo: (from) => sent.filter(({ address }) => address === from).map(({ body }) => body),
    rows,
    arrive: async (...messages) => {
      const found = await rows<{ id: string }>(
        `WITH message AS (
           SELECT * FROM json_to_recordset($1) AS m (sid text, "from" text, content jsonb, "agoMs" float8, position int)
         ), known AS (
           INSERT INTO message_sids (sid, direction, message_id)
           SELECT sid, 'inbound', nextval('message_ids') FROM message ORDER BY position RETURNING *
         )
         INSERT INTO inbox_messages
           (id, sid, source, address, sender, content, params, correlation_id, received_at, not_before)
         SELECT message_id, sid, 'webhook', "from", '${SENDER}', content, '{}', sid, at, at
         FROM known JOIN message USING (sid), LATERAL (SELECT now() - "agoMs" * interval '1 ms' AS at) AS arrival
         ORDER BY message_id RETURNING id`,
        [
          JSON.stringify(
            messages.map(({ from, text = '', content = { type: 'text', text }, agoMs = 0 }, position) => ({
              sid: newSid(),
              from,
              content,
              agoMs,
              position,
            })),
          ),
        ],
      );
      return found.map(({ id }) => id);
    },
    close: async () => {
      await client.end();
      await worker.close();
      await drop();
    },
  };
}

export interface InboxRow {
  id: string;
  status: string;
  attempts: number;
  last_error: string | null;
  waits: boolean;
}

export const inboxOf = ({ rows }: Pick<Turns, 'rows'>, from: string): Promise<InboxRow[]> =>
  rows<InboxRow>(
    `SELECT id, status, attempts, last_error, status = 'pending' AND not_before > now() AS waits
     FROM inbox_messages WHERE address = $1 ORDER BY id`,
    [from],
  );

export const statusesOf = async (turns: Pick<Turns, 'rows'>, from: string): Promise<string[]> =>
  (await inboxOf(turns, from)).map(({ status }) => status);
