import { randomBytes } from 'node:crypto';
import { Test } from '@nestjs/testing';
import { CatalogueService } from '@app/catalog';
import { Database, queryRows } from '@app/database';
import { FulfilmentModule, FulfilmentService, OrderNotifications } from '@app/fulfilment';
import { MESSAGE_SENDER, type OutboundMessage, type SendOutcome } from '@app/messaging';
import { OrdersService } from '@app/orders';
import { BulkLane, OutboxSender, OutboxService } from '@app/outbox';
import { CoreModule, seedDatabase } from '@app/platform';
import { ConsentsService } from '@app/shoppers';
import { testDatabase, testSettings } from '@app/testing';
import { draftOf, newShopper, productOf, type Shopper } from '../orders/open-shop';

/** One process that moves orders and tells of them; nothing sweeps but the test. */
export interface Process {
  database: Database;
  orders: OrdersService;
  catalogue: CatalogueService;
  fulfilment: FulfilmentService;
  notifications: OrderNotifications;
  consents: ConsentsService;
  outbox: OutboxService;
  sender: OutboxSender;
  bulk: BulkLane;
  close: () => Promise<void>;
}

export interface Fulfilment extends Process {
  /** What Twilio was asked to send. */
  sent: OutboundMessage[];
  rows: <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>;
  newShopper: () => Promise<Shopper>;
  /** An order whose placing needs no news any more; its id. */
  placed: (shopper: Shopper) => Promise<string>;
  /** Bodies of a shopper's messages, in the order in which they are sent. */
  told: (shopper: Shopper) => Promise<string[]>;
  /** As if all that waits had waited long enough. */
  letTimePass: () => Promise<void>;
  /** One more process on the same database. */
  another: (environment?: Record<string, string>) => Promise<Process>;
}

export async function openFulfilment(): Promise<Fulfilment> {
  const { url, drop } = await testDatabase();
  await seedDatabase(url, { email: 'admin@pasal.local', password: 'correct horse battery' });
  const sent: OutboundMessage[] = [];
  const send = (message: OutboundMessage): Promise<SendOutcome> => {
    sent.push(message);
    return Promise.resolve({ kind: 'accepted', sid: `SM${randomBytes(16).toString('hex')}` });
  };
  const another = async (environment: Record<string, string> = {}): Promise<Process> => {
    const module = await Test.createTestingModule({
      imports: [CoreModule.forRoot(testSettings(url, environment)), FulfilmentModule],
    })
      .overrideProvider(MESSAGE_SENDER)
      .useValue({ send })
      .compile();
    await module.init();
    const get = <Service>(service: abstract new (...args: never[]) => Service): Service =>
      module.get<Service>(service, { strict: false });
    return {
      database: get(Database),
      orders: get(OrdersService),
      catalogue: get(CatalogueService),
      fulfilment: get(FulfilmentService),
      notifications: get(OrderNotifications),
      consents: get(ConsentsService),
      outbox: get(OutboxService),
      sender: get(OutboxSender),
      bulk: get(BulkLane),
      close: () => module.close(),
    };
  };
  const first = await another();
  const rows = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    queryRows<Row>(first.database.pool, sql, parameters);
  return {
    ...first,
    sent,
    rows,
    another,
    newShopper: () => newShopper(first),
    placed: async (shopper) => {
      const draft = draftOf(shopper, await productOf(first, 'momo-veg'), 1);
      const outcome = await first.database.transaction((tx) => first.orders.place(tx, draft));
      return (outcome as { order: { id: string } }).order.id;
    },
    told: async ({ conversationId }) => {
      const found = await rows<{ body: string }>(
        'SELECT body FROM outbox_messages WHERE conversation_id = $1 ORDER BY id',
        [conversationId],
      );
      return found.map(({ body }) => body);
    },
    letTimePass: async () => {
      await rows(`UPDATE order_notifications SET due_at = due_at - interval '1 hour'`);
    },
    close: async () => {
      await first.close();
      await drop();
    },
  };
}
