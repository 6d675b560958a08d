import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a shopper wants the order, and what else it needs, in his words. Orders of a version that knows neither have none. */
export class WishesOfOrders1763707000000 implements MigrationInterface {
  readonly name = 'WishesOfOrders1763707000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE orders
         ADD COLUMN requested_time text CONSTRAINT orders_requested_time_length CHECK (length(requested_time) <= 100),
         ADD COLUMN note text CONSTRAINT orders_note_length CHECK (length(note) <= 300)`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
