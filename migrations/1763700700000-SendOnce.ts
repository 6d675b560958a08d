import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `ALTER TABLE outbox_messages
     ADD COLUMN continues boolean NOT NULL DEFAULT false,
     ADD COLUMN looks smallint NOT NULL DEFAULT 0,
     ADD COLUMN look_at timestamptz,
     ADD COLUMN holds boolean NOT NULL DEFAULT true,
     DROP CONSTRAINT outbox_messages_status,
     ADD CONSTRAINT outbox_messages_status CHECK (status IN
       ('queued', 'sending', 'uncertain', 'accepted', 'sent', 'delivered', 'read', 'undelivered', 'failed', 'canceled',
        'dead'))`,
  // Few rows at any time: asked by whoever wants to send to the same recipient, and by whoever looks for them at Twilio.
  `CREATE INDEX outbox_messages_uncertain ON outbox_messages (conversation_id) WHERE status = 'uncertain'`,
  `CREATE TABLE outbox_attempts (
     message_id bigint NOT NULL,
     attempt smallint NOT NULL,
     started_at timestamptz NOT NULL,
     duration_ms integer,
     outcome text NOT NULL,
     http_status smallint,
     error_code integer,
     error text,
     request_id text,
     resolution text,
     resolved_at timestamptz,
     CONSTRAINT outbox_attempts_pkey PRIMARY KEY (message_id, attempt),
     CONSTRAINT outbox_attempts_outcome CHECK (outcome IN ('accepted', 'retry', 'rejected', 'uncertain')),
     CONSTRAINT outbox_attempts_resolution
       CHECK (resolution IS NULL OR resolution IN ('answer', 'callback', 'list', 'absent', 'dead')),
     CONSTRAINT outbox_attempts_resolved CHECK ((resolution IS NULL) = (resolved_at IS NULL))
   )`,
];

/** Every attempt leaves a row, what is uncertain is looked for at Twilio, and what was given up is called dead. */
export class SendOnce1763700700000 implements MigrationInterface {
  readonly name = 'SendOnce1763700700000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) {
      await runner.query(statement);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
