import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `ALTER TABLE outbox_messages
     ADD COLUMN instead_of bigint,
     DROP CONSTRAINT outbox_messages_topic,
     ADD CONSTRAINT outbox_messages_topic
       CHECK (topic IN ('reply', 'staff', 'order', 'broadcast', 'order_sms', 'staff_sms')),
     ADD CONSTRAINT outbox_messages_sms CHECK ((instead_of IS NOT NULL) = (topic IN ('order_sms', 'staff_sms')))`,
  // Whoever thinks that a message needs an SMS: it gets one.
  `CREATE UNIQUE INDEX outbox_messages_one_sms ON outbox_messages (instead_of) WHERE instead_of IS NOT NULL`,
  // Where an SMS may be due: what WhatsApp refused for its recipient, and what it did not deliver yet.
  `CREATE INDEX outbox_messages_unreachable ON outbox_messages (created_at)
     WHERE status IN ('failed', 'undelivered') AND error_code IN (63003, 63024) AND topic IN ('order', 'staff')`,
  `CREATE INDEX outbox_messages_undelivered_news ON outbox_messages (accepted_at)
     WHERE status IN ('accepted', 'sent') AND topic IN ('order', 'staff')`,

  `CREATE TABLE sms_costs (
     message_id bigint CONSTRAINT sms_costs_pkey PRIMARY KEY CONSTRAINT sms_costs_message REFERENCES outbox_messages (id),
     conversation_id bigint NOT NULL CONSTRAINT sms_costs_conversation REFERENCES conversations (id),
     segments smallint NOT NULL,
     amount numeric(12,6),
     currency text,
     ask_at timestamptz NOT NULL,
     CONSTRAINT sms_costs_segments CHECK (segments > 0),
     CONSTRAINT sms_costs_currency_shape CHECK (currency ~ '^[A-Z]{3}$'),
     CONSTRAINT sms_costs_price_is_whole CHECK ((amount IS NULL) = (currency IS NULL))
   )`,
  `CREATE INDEX sms_costs_by_conversation ON sms_costs (conversation_id)`,
  `CREATE INDEX sms_costs_unpriced ON sms_costs (ask_at) WHERE amount IS NULL`,

  `ALTER TABLE consents
     DROP CONSTRAINT consents_topic,
     ADD CONSTRAINT consents_topic CHECK (topic IN ('all', 'order', 'broadcast', 'order_sms', 'staff_sms'))`,
  // Nobody who did not ask for it gets an SMS.
  `CREATE OR REPLACE FUNCTION consent_state(shopper bigint, topic text) RETURNS text LANGUAGE sql STABLE AS
   'SELECT coalesce((SELECT state FROM consents WHERE shopper_id = $1 AND consents.topic = $2 ORDER BY id DESC LIMIT 1),
                    CASE WHEN $2 IN (''broadcast'', ''order_sms'', ''staff_sms'') THEN ''withdrawn'' ELSE ''granted'' END)'`,
  // News by SMS is news of orders all the same.
  `CREATE OR REPLACE FUNCTION consent_refusal(conversation bigint, topic text) RETURNS text LANGUAGE sql STABLE AS
   'SELECT CASE WHEN s.opted_out_at IS NOT NULL
                  AND CASE WHEN s.opted_out_code IS NULL THEN $2 <> ''reply''
                           ELSE coalesce(c.last_inbound_at <= s.opted_out_at, true) END
                  THEN ''RECIPIENT_OPTED_OUT''
                WHEN $2 <> ''reply'' AND consent_state(s.id, $2) = ''withdrawn''
                  OR $2 = ''order_sms'' AND consent_state(s.id, ''order'') = ''withdrawn'' THEN ''CONSENT_MISSING'' END
      FROM conversations c JOIN shoppers s ON s.id = c.shopper_id WHERE c.id = $1'`,
];

/** An SMS says, once, what WhatsApp could not bring to a shopper who agreed to that; what it costs is one row. */
export class SmsFallback1763703000000 implements MigrationInterface {
  readonly name = 'SmsFallback1763703000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) {
      await runner.query(statement);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only: restore a backup instead'));
  }
}
