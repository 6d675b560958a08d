import { randomBytes } from 'node:crypto';
import { Test } from '@nestjs/testing';
import { ConversationModule } from '@app/conversation';
import { Database, queryRows } from '@app/database';
import { DeliveryModule, DeliveryService } from '@app/delivery';
import { MESSAGE_SENDER, type OutboundMessage, type SendOutcome } from '@app/messaging';
import { BulkLane, OutboxSender, OutboxService } from '@app/outbox';
import { CoreModule } from '@app/platform';
import { ConsentsService, type ConsentState, type ConsentTopic } from '@app/shoppers';
import { SmsFallback, SmsModule } from '@app/sms';
import { testDatabase, testSettings } from '@app/testing';

export const SENDER = 'whatsapp:+14155238886';
export const SMS_SENDER = '+15005550006';

export interface Sms {
  id: string;
  status: string;
  body: string;
  sender: string;
  address: string;
  lane: string;
  instead_of: string;
  error_message: string | null;
}

interface Shopper {
  id: string;
  conversationId: string;
  address: string;
}

/** A process that may send SMS; nothing sweeps and nothing rings but the test. */
export interface OpenSms {
  fallback: SmsFallback;
  /** Sends what a conversation has waiting, in either lane. */
  send: (conversationId: string) => Promise<void>;
  delivery: DeliveryService;
  /** What Twilio was asked to send. */
  sent: OutboundMessage[];
  rows: <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>;
  newShopper: (...agreesTo: ConsentTopic[]) => Promise<Shopper>;
  says: (shopper: Shopper, topic: ConsentTopic | 'all', state: ConsentState) => Promise<void>;
  /** A message that Twilio has taken; its id. */
  taken: (
    shopper: Shopper,
    topic: 'reply' | 'staff' | 'order' | 'broadcast',
    text?: string,
  ) => Promise<string>;
  /** Twilio reports that a message failed for its recipient. */
  comesBack: (id: string, errorCode: number) => Promise<void>;
  /** All SMS to a shopper, oldest first. */
  smsTo: (shopper: Shopper) => Promise<Sms[]>;
  /** One more process on the same database. */
  another: (
    environment?: Record<string, string>,
  ) => Promise<{ fallback: SmsFallback; close: () => Promise<void> }>;
  close: () => Promise<void>;
}

export async function openSms(): Promise<OpenSms> {
  const { url, drop } = await testDatabase();
  const sent: OutboundMessage[] = [];
  const send = (message: OutboundMessage): Promise<SendOutcome> => {
    sent.push(message);
    return Promise.resolve({ kind: 'accepted', sid: `SM${randomBytes(16).toString('hex')}` });
  };
  const start = async (environment: Record<string, string>) => {
    const module = await Test.createTestingModule({
      imports: [
        CoreModule.forRoot(testSettings(url, { TWILIO_SMS_FROM: SMS_SENDER, ...environment })),
        ConversationModule,
        DeliveryModule,
        SmsModule,
      ],
    })
      .overrideProvider(MESSAGE_SENDER)
      .useValue({ send })
      .compile();
    await module.init();
    return module;
  };
  const first = await start({});
  const database = first.get(Database, { strict: false });
  const outbox = first.get(OutboxService, { strict: false });
  const consents = first.get(ConsentsService, { strict: false });
  const delivery = first.get(DeliveryService, { strict: false });
  const sender = first.get(OutboxSender, { strict: false });
  const bulk = first.get(BulkLane, { strict: false });
  const drain = async (conversationId: string): Promise<void> => {
    await sender.drain(conversationId);
    await bulk.look();
    await bulk.ended();
  };
  const rows = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    queryRows<Row>(database.pool, sql, parameters);
  const says = (shopper: Shopper, topic: ConsentTopic | 'all', state: ConsentState): Promise<void> =>
    database.transaction((tx) =>
      topic === 'all'
        ? consents.setOptedOut(tx, shopper.id, state)
        : consents.record(tx, shopper.id, topic, state),
    );
  let shoppers = 0;
  return {
    fallback: first.get(SmsFallback),
    send: drain,
    delivery,
    sent,
    rows,
    says,
    newShopper: async (...agreesTo) => {
      shoppers += 1;
      const address = `whatsapp:+97798410${String(shoppers).padStart(5, '0')}`;
      const [opened] = await rows<{ id: string; shopper_id: string }>(
        `WITH shopper AS (INSERT INTO shoppers (language) VALUES ('en') RETURNING id),
           identity AS (INSERT INTO shopper_identities (address, shopper_id) SELECT $2, id FROM shopper)
         INSERT INTO conversations (shopper_id, sender, address, last_inbound_at) SELECT id, $1, $2, now() FROM shopper
         RETURNING id, shopper_id`,
        [SENDER, address],
      );
      const shopper = { id: opened!.shopper_id, conversationId: opened!.id, address };
      for (const topic of agreesTo) {
        await says(shopper, topic, 'granted');
      }
      return shopper;
    },
    taken: async ({ conversationId, address }, topic, text = topic) => {
      const id = await database.transaction((tx) =>
        outbox.write(tx, {
          conversationId,
          sender: SENDER,
          address,
          lane: topic === 'reply' ? 'reply' : 'bulk',
          topic,
          text,
          inReplyTo: [],
          correlationId: 'test',
        }),
      );
      await drain(conversationId);
      return id;
    },
    comesBack: async (id, errorCode) => {
      const [row] = await rows<{ sid: string }>('SELECT sid FROM outbox_messages WHERE id = $1', [id]);
      const report = { sid: row!.sid, status: 'undelivered', errorCode, messageId: id, attempt: 1 };
      await delivery.record([{ report, params: {}, receivedAt: Date.now() }]);
    },
    smsTo: ({ conversationId }) =>
      rows<Sms>(
        'SELECT * FROM outbox_messages WHERE conversation_id = $1 AND instead_of IS NOT NULL ORDER BY id',
        [conversationId],
      ),
    another: async (environment = {}) => {
      const module = await start(environment);
      return { fallback: module.get(SmsFallback), close: () => module.close() };
    },
    close: async () => {
      await first.close();
      await drop();
    },
  };
}
