import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A message may come by webhook, by the fallback URL, by Event Streams or from the reconciler: its row says which. */
export class WaysIn1763700100000 implements MigrationInterface {
  readonly name = 'WaysIn1763700100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE inbox_messages DROP CONSTRAINT inbox_messages_source,
         ADD CONSTRAINT inbox_messages_source CHECK (source IN ('webhook', 'fallback', 'events', 'reconcile'))`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
