import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a shopper wants a line: "no onion". Lines of a version that knows no notes have none. */
export class NotesOfOrderLines1763705000000 implements MigrationInterface {
  readonly name = 'NotesOfOrderLines1763705000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE order_lines ADD COLUMN note text CONSTRAINT order_lines_note_length CHECK (length(note) <= 300)',
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
