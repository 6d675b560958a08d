import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `ALTER TABLE inbox_messages
     DROP CONSTRAINT inbox_messages_status,
     ADD CONSTRAINT inbox_messages_status CHECK (status IN ('pending', 'processed', 'dead', 'discarded')),
     ADD COLUMN replays smallint NOT NULL DEFAULT 0`,
  `CREATE INDEX inbox_messages_dead_letters ON inbox_messages (id) WHERE status IN ('dead', 'discarded')`,

  // No foreign keys: an entry outlives whom and what it names.
  `CREATE TABLE audit_log (
     id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_log_pkey PRIMARY KEY,
     at timestamptz NOT NULL DEFAULT now(),
     user_id bigint NOT NULL,
     user_email text NOT NULL,
     action text NOT NULL,
     target_type text NOT NULL,
     target_id text NOT NULL,
     before jsonb,
     after jsonb,
     reason text,
     correlation_id text NOT NULL
   )`,
  `CREATE INDEX audit_log_by_target ON audit_log (target_type, target_id, id)`,
  `CREATE INDEX audit_log_by_action ON audit_log (action, id)`,
  `CREATE FUNCTION refuse_to_change_history() RETURNS trigger LANGUAGE plpgsql AS
   'BEGIN RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME USING ERRCODE = ''insufficient_privilege''; END'`,
  `CREATE TRIGGER audit_log_is_append_only
     BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_history()`,
];

/** Dead letters can be replayed and discarded; what staff change is recorded where nothing can be changed afterwards. */
export class DeadLettersAndAudit1763700400000 implements MigrationInterface {
  readonly name = 'DeadLettersAndAudit1763700400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) {
      await runner.query(statement);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
