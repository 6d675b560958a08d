import { setTimeout as pause } from 'node:timers/promises';
import type { Postgres } from '../world/postgres';
import { SENDER } from '../world/world';

const EVERY_MS = 500;

/** Shoppers of the run, each with a conversation. */
export async function openConversations(postgres: Postgres, recipients: number): Promise<void> {
  await postgres.rows(
    `WITH address AS (
       SELECT 'whatsapp:+97798' || lpad(n::text, 8, '0') AS address FROM generate_series(1, $1::int) AS n
     ), shopper AS (
       INSERT INTO shoppers (name, language) SELECT address, 'en' FROM address RETURNING id, name
     ), identity AS (
       INSERT INTO shopper_identities (address, shopper_id) SELECT name, id FROM shopper
     )
     INSERT INTO conversations (shopper_id, sender, address, last_inbound_at)
     SELECT id, $2, name, now() FROM shopper`,
    [recipients, SENDER],
  );
}

/** Queues so many messages over a time, as staff would: to everybody in turn. Resolves when all are written. */
export async function queueSends(postgres: Postgres, sends: number, overMs: number): Promise<void> {
  const steps = Math.ceil(overMs / EVERY_MS);
  for (let step = 0; step < steps; step += 1) {
    await postgres.rows(
      `WITH everybody AS (SELECT array_agg(id ORDER BY id) AS ids FROM conversations)
       INSERT INTO outbox_messages
         (conversation_id, sender, address, lane, topic, body, in_reply_to, correlation_id, status)
       SELECT c.id, c.sender, c.address, 'bulk', 'staff', 'message ' || n, '[]', 'torture', 'queued'
       FROM generate_series($1::int, $2::int) AS n, everybody
         JOIN LATERAL (SELECT * FROM conversations WHERE id = ids[1 + n % cardinality(ids)]) AS c ON true
       ORDER BY n`,
      [Math.floor((sends * step) / steps), Math.floor((sends * (step + 1)) / steps) - 1],
    );
    await pause(EVERY_MS);
  }
}
