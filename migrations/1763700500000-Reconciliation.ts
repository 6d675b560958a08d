import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The reconciler remembers how far it has compared, and finds messages of ours whose status hangs. */
export class Reconciliation1763700500000 implements MigrationInterface {
  readonly name = 'Reconciliation1763700500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE reconciliation_watermarks (
         stream text CONSTRAINT reconciliation_watermarks_pkey PRIMARY KEY,
         reached timestamptz NOT NULL,
         fence integer NOT NULL DEFAULT 0,
         leased_until timestamptz,
         due_at timestamptz NOT NULL DEFAULT now()
       )`,
    );
    await runner.query(
      `CREATE INDEX outbox_messages_unsettled ON outbox_messages (accepted_at) WHERE status IN ('accepted', 'sent')`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
