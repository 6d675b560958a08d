import { SENDER } from '../load/webhooks.mjs';

/** Conversations of shoppers who have just written and never write again. */
export async function openConversations(stack, count) {
  await stack.query(
    `WITH shopper AS (
       INSERT INTO shoppers (language) SELECT 'en' FROM generate_series(1, $1::int) RETURNING id
     )
     INSERT INTO conversations (shopper_id, sender, address, last_inbound_at)
     SELECT id, $2, 'whatsapp:+97797' || lpad(id::text, 8, '0'), now() FROM shopper`,
    [count, SENDER],
  );
}

/** Writes `count` bulk messages to them, one after the other. */
export async function fillBulkLane(stack, count) {
  await stack.query(
    `WITH recipient AS (
       SELECT id, address, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS of
       FROM conversations WHERE address LIKE 'whatsapp:+97797%'
     )
     INSERT INTO outbox_messages (conversation_id, sender, address, lane, topic, correlation_id, status, body)
     SELECT recipient.id, $2, address, 'bulk', 'staff', 'bench', 'queued', 'message ' || n
     FROM generate_series(1, $1::int) AS n JOIN recipient ON place = n % of + 1
     ORDER BY n`,
    [count, SENDER],
  );
}
