import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Written by rate-limiter-flexible, in its shape; without a log, because nothing of it is worth keeping for a minute.
  `CREATE UNLOGGED TABLE rate_counters (
     key varchar(255) CONSTRAINT rate_counters_pkey PRIMARY KEY,
     points integer NOT NULL DEFAULT 0,
     expire bigint
   )`,
  // Bulk is taken from the queue by sender, as many as there are slots for; replies by conversation, and never behind bulk.
  `CREATE INDEX outbox_messages_bulk ON outbox_messages (sender, id) WHERE status = 'queued' AND lane = 'bulk'`,
  `CREATE INDEX outbox_messages_replies ON outbox_messages (conversation_id, id)
     WHERE status = 'queued' AND lane = 'reply'`,
];

/** How fast a sender sends: counters that processes share without Redis, and the two lanes of the queue. */
export class Rates1763702000000 implements MigrationInterface {
  readonly name = 'Rates1763702000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) {
      await runner.query(statement);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
