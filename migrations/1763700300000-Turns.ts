import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Many messages become one turn: who was rung meanwhile says so, and a shopper's minute is counted with their state. */
export class Turns1763700300000 implements MigrationInterface {
  readonly name = 'Turns1763700300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE inbox_messages ADD COLUMN rung_again boolean NOT NULL DEFAULT false`);
    await runner.query(
      `ALTER TABLE conversations
         ADD COLUMN minute_began timestamptz,
         ADD COLUMN minute_messages integer NOT NULL DEFAULT 0,
         ADD COLUMN told_to_wait boolean NOT NULL DEFAULT false`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
