import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A template belongs to the account that has it. Null is what a version without accounts wrote; the next start takes it as the
 * first account's, because that version knew no other.
 */
export class TemplatesOfAccounts1763704000000 implements MigrationInterface {
  readonly name = 'TemplatesOfAccounts1763704000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE templates ADD COLUMN account text');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
