import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // The last stop of each sender that ever was stopped; without a resumption it is in force.
  `CREATE TABLE sender_stops (
     sender text CONSTRAINT sender_stops_pkey PRIMARY KEY,
     stopped_at timestamptz NOT NULL DEFAULT now(),
     code integer,
     reason text NOT NULL,
     resumed_at timestamptz,
     CONSTRAINT sender_stops_resumed_later CHECK (resumed_at >= stopped_at)
   )`,
  `ALTER TABLE outbox_messages ADD COLUMN unknown_answers smallint NOT NULL DEFAULT 0`,
  // NULL beside opted_out_at means the shopper's own word; the previous version writes nothing else.
  `ALTER TABLE shoppers ADD COLUMN opted_out_code integer`,
];

/** What an error code asks is remembered: senders that are stopped, shoppers who are opted out, answers that nobody knows. */
export class ErrorActions1763700900000 implements MigrationInterface {
  readonly name = 'ErrorActions1763700900000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) {
      await runner.query(statement);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
