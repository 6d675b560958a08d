import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A message says what it is about, and may carry a template or media beside its text. */
export class OutboundContent1763700600000 implements MigrationInterface {
  readonly name = 'OutboundContent1763700600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE outbox_messages
         ADD COLUMN topic text NOT NULL DEFAULT 'reply',
         ADD COLUMN content jsonb,
         ADD CONSTRAINT outbox_messages_topic CHECK (topic IN ('reply', 'staff', 'order', 'broadcast')),
         ADD CONSTRAINT outbox_messages_content
           CHECK (content IS NULL OR coalesce(content ->> 'type' IN ('template', 'media'), false))`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
