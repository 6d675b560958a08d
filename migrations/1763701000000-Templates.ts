import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Templates as the provider has them, what stands in for a text outside the conversation window, and repairs made with it. */
export class Templates1763701000000 implements MigrationInterface {
  readonly name = 'Templates1763701000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE templates (
         content_sid text CONSTRAINT templates_pkey PRIMARY KEY,
         name text NOT NULL,
         language text NOT NULL,
         topic text,
         category text,
         approval text NOT NULL,
         rejection_reason text,
         body text NOT NULL,
         variables jsonb NOT NULL DEFAULT '{}',
         created_at timestamptz NOT NULL,
         synced_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT templates_topic CHECK (topic IS NULL OR topic IN ('staff', 'order', 'broadcast')),
         CONSTRAINT templates_variables CHECK (jsonb_typeof(variables) = 'object')
       )`,
    );
    await runner.query(
      `CREATE INDEX templates_bound ON templates (topic, language, created_at) WHERE approval = 'approved'`,
    );
    await runner.query(
      `ALTER TABLE outbox_messages
         ADD COLUMN stand_in jsonb,
         ADD COLUMN repairs bigint,
         ADD CONSTRAINT outbox_messages_stand_in
           CHECK (stand_in IS NULL OR coalesce(stand_in -> 'content' ->> 'type' = 'template', false))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX outbox_messages_repaired_once ON outbox_messages (repairs) WHERE repairs IS NOT NULL`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
