import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was not understood, or was put right: redacted, and of nobody. */
export class ReviewList1763706000000 implements MigrationInterface {
  readonly name = 'ReviewList1763706000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE review_entries (
         id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT review_entries_pkey PRIMARY KEY,
         kind text NOT NULL
           CONSTRAINT review_entries_kind CHECK (kind IN ('not_understood', 'unclear', 'corrected', 'reported')),
         text text NOT NULL CONSTRAINT review_entries_text_length CHECK (length(text) BETWEEN 1 AND 300),
         language text NOT NULL,
         meaning jsonb NOT NULL,
         seen integer NOT NULL DEFAULT 1 CONSTRAINT review_entries_seen_positive CHECK (seen > 0),
         first_at timestamptz NOT NULL DEFAULT now(),
         last_at timestamptz NOT NULL DEFAULT now(),
         status text NOT NULL DEFAULT 'open'
           CONSTRAINT review_entries_status CHECK (status IN ('open', 'alias', 'corpus', 'dismissed')),
         expected jsonb,
         CONSTRAINT review_entries_expected_in_corpus CHECK ((status = 'corpus') = (expected IS NOT NULL))
       )`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX review_entries_open_text ON review_entries (kind, text) WHERE status = 'open'`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
