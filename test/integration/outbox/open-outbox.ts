import { randomBytes } from 'node:crypto';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import { ConversationModule } from '@app/conversation';
import { Database } from '@app/database';
import { DeliveryService } from '@app/delivery';
import type { OutboundAttempt } from '@app/outbox';
import { BulkLane, OutboundDoubts, OutboxModule, OutboxSender, OutboxService } from '@app/outbox';
import {
  type Asked,
  type ListedSend,
  MESSAGE_ARCHIVE,
  MESSAGE_SENDER,
  type OutboundMessage,
  type SendOutcome,
} from '@app/messaging';
import { Metrics } from '@app/observability';
import { CoreModule } from '@app/platform';
import { ReconciliationModule, UncertainReconciler } from '@app/reconciliation';
import { testDatabase, testSettings } from '@app/testing';

export const SENDER = 'whatsapp:+14155238886';

export const newSid = (): string => `SM${randomBytes(16).toString('hex')}`;

export interface Row {
  id: string;
  status: string;
  attempt: number;
  sid: string | null;
  looks: number;
  error_message: string | null;
  accepted_at: Date | null;
}

/** A process that sends, and looks for what is uncertain; nothing sweeps and nothing rings but the test. */
export interface OpenOutbox {
  database: Database;
  outbox: OutboxService;
  sender: OutboxSender;
  bulk: BulkLane;
  doubts: OutboundDoubts;
  delivery: DeliveryService;
  reconciler: UncertainReconciler;
  metrics: Metrics;
  /** What Twilio took or was asked to take, oldest first. */
  posted: OutboundMessage[];
  /** Twilio's answer to the next sends; accepts when nothing else is said. */
  answer: (next: (message: OutboundMessage) => Promise<SendOutcome>) => void;
  /** Twilio's list from now on. */
  lists: (answer: Asked<readonly ListedSend[]>) => void;
  /** A shopper's conversation, and its address. */
  conversation: () => Promise<{ id: string; address: string }>;
  write: (
    to: { id: string; address: string },
    text: string,
    topic?: 'reply' | 'staff' | 'order',
    lane?: 'reply' | 'bulk',
  ) => Promise<string>;
  row: (id: string) => Promise<Row>;
  attempts: (id: string) => Promise<OutboundAttempt[]>;
  /** Twilio reports a status of a message, as it does in its callbacks. */
  report: (id: string | null, sid: string, status: string) => Promise<void>;
  /** As if its attempt had begun this long ago, with the next look due. */
  age: (id: string, seconds: number) => Promise<void>;
  rows: <T>(sql: string, parameters?: unknown[]) => Promise<T[]>;
  close: () => Promise<void>;
}

export async function openOutbox(): Promise<OpenOutbox> {
  const { url, drop } = await testDatabase();
  const accept = (): Promise<SendOutcome> => Promise.resolve({ kind: 'accepted', sid: newSid() });
  const posted: OutboundMessage[] = [];
  let answer: (message: OutboundMessage) => Promise<SendOutcome> = accept;
  let listed: Asked<readonly ListedSend[]> = { kind: 'found', value: [] };
  const module = await Test.createTestingModule({
    imports: [CoreModule.forRoot(testSettings(url)), ConversationModule, OutboxModule, ReconciliationModule],
  })
    .overrideProvider(MESSAGE_SENDER)
    .useValue({
      send: (message: OutboundMessage): Promise<SendOutcome> => {
        posted.push(message);
        return answer(message);
      },
    })
    .overrideProvider(MESSAGE_ARCHIVE)
    .useValue({ listSent: () => Promise.resolve(listed) })
    .compile();
  await module.init();
  const client = new Client({ connectionString: url, application_name: 'observer' });
  await client.connect();
  const rows = async <T>(sql: string, parameters: unknown[] = []): Promise<T[]> =>
    (await client.query(sql, parameters)).rows as T[];
  const database = module.get(Database, { strict: false });
  const outbox = module.get(OutboxService);
  const delivery = module.get(DeliveryService, { strict: false });
  let shoppers = 0;
  return {
    database,
    outbox,
    sender: module.get(OutboxSender),
    bulk: module.get(BulkLane),
    doubts: module.get(OutboundDoubts),
    delivery,
    reconciler: module.get(UncertainReconciler),
    metrics: module.get(Metrics, { strict: false }),
    posted,
    answer: (next) => {
      answer = next;
    },
    lists: (next) => {
      listed = next;
    },
    conversation: async () => {
      shoppers += 1;
      const address = `whatsapp:+97798400${String(shoppers).padStart(5, '0')}`;
      const [conversation] = await rows<{ id: string }>(
        `WITH shopper AS (INSERT INTO shoppers (language) VALUES ('en') RETURNING id)
         INSERT INTO conversations (shopper_id, sender, address, last_inbound_at) SELECT id, $1, $2, now() FROM shopper RETURNING id`,
        [SENDER, address],
      );
      return { id: conversation!.id, address };
    },
    write: ({ id, address }, text, topic = 'reply', lane = 'reply') =>
      database.transaction((tx) =>
        outbox.write(tx, {
          conversationId: id,
          sender: SENDER,
          address,
          lane,
          topic,
          text,
          inReplyTo: [],
          correlationId: 'test',
        }),
      ),
    row: async (id) => (await rows<Row>('SELECT * FROM outbox_messages WHERE id = $1', [id]))[0]!,
    attempts: (id) => outbox.attempts(id),
    report: (messageId, sid, status) =>
      delivery.record([
        {
          report: { sid, status, errorCode: null, messageId, attempt: 1 },
          params: { MessageStatus: status },
          receivedAt: Date.now(),
        },
      ]),
    age: async (id, seconds) => {
      await rows(
        `UPDATE outbox_messages SET claimed_at = now() - $2 * interval '1 second', look_at = now() WHERE id = $1`,
        [id, seconds],
      );
    },
    rows,
    close: async () => {
      await client.end();
      await module.close();
      await drop();
    },
  };
}

export const UNCERTAIN: SendOutcome = { kind: 'uncertain', message: 'cut' };

export const listedSend = (sid: string, body: string, status = 'sent'): ListedSend => ({
  sid,
  body,
  createdAt: new Date(),
  status,
  errorCode: null,
});
