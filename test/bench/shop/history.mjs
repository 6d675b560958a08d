import { SENDER } from '../load/webhooks.mjs';

const DAYS = 90;
const REPORTS = `(VALUES (1, 'sent'), (2, 'delivered'), (3, 'read')) AS report (place, status)`;

/**
 * A shop that has been open for a while: `messages` old ones, every second of them an answer with its three delivery reports,
 * of `shoppers` shoppers of the given group of phones. Made by PostgreSQL itself, then vacuumed and analysed.
 */
export async function writeHistory(stack, { group, shoppers, messages }) {
  const address = (shopper) => `'whatsapp:+97798' || lpad((${group} * 100000 + ${shopper})::text, 8, '0')`;
  const sid = (id) => `'SM' || md5('old' || ${id})`;
  const at = (id) => `now() - interval '${DAYS} days' * (1 - ${id}::float8 / ${messages})`;
  await stack.query('SET synchronous_commit = off');
  // Keys are checked by what wrote them; a million look-ups prove nothing here.
  await stack.query('SET session_replication_role = replica');
  for (const statement of [
    `INSERT INTO shoppers (id, name, language) SELECT id, 'Shopper ' || id, 'en' FROM generate_series(1, ${shoppers}) AS id`,
    `SELECT setval(pg_get_serial_sequence('shoppers', 'id'), ${shoppers})`,
    `INSERT INTO shopper_identities (address, shopper_id)
     SELECT ${address('(id - 1)')}, id FROM generate_series(1, ${shoppers}) AS id`,
    `INSERT INTO conversations (id, shopper_id, sender, address, last_inbound_at)
     SELECT id, id, '${SENDER}', ${address('(id - 1)')}, now() - interval '1 day' FROM generate_series(1, ${shoppers}) AS id`,
    `SELECT setval(pg_get_serial_sequence('conversations', 'id'), ${shoppers})`,
    `INSERT INTO inbox_messages
       (id, sid, source, address, sender, profile_name, content, params, correlation_id, status, attempts, received_at, processed_at)
     SELECT id, ${sid('id')}, 'webhook', ${address(`(id / 2 % ${shoppers})`)}, '${SENDER}', 'Shopper',
            '{"type": "text", "text": "1 x 2"}',
            jsonb_build_object('MessageSid', ${sid('id')}, 'SmsMessageSid', ${sid('id')}, 'SmsSid', ${sid('id')},
              'Body', '1 x 2', 'From', ${address(`(id / 2 % ${shoppers})`)}, 'To', '${SENDER}', 'NumMedia', '0',
              'ProfileName', 'Shopper', 'MessageType', 'text', 'SmsStatus', 'received', 'ApiVersion', '2010-04-01'),
            md5(id::text), 'processed', 1, ${at('id')}, ${at('id')}
     FROM generate_series(1, ${messages}, 2) AS id`,
    `INSERT INTO outbox_messages
       (id, conversation_id, sender, address, lane, body, in_reply_to, correlation_id, status, attempt, sid,
        created_at, accepted_at, sent_at, delivered_at, read_at)
     SELECT id, (id - 1) / 2 % ${shoppers} + 1, '${SENDER}', ${address(`((id - 1) / 2 % ${shoppers})`)}, 'reply',
            repeat('Two of them are in your cart. ', 5), jsonb_build_array(${sid('(id - 1)')}), md5(id::text), 'read', 1, ${sid('id')},
            ${at('id')}, ${at('id')}, ${at('id')}, ${at('id')}, ${at('id')}
     FROM generate_series(2, ${messages}, 2) AS id`,
    // In the order of the key: a million random places in an index take minutes.
    `INSERT INTO message_sids (sid, direction, message_id, seen_at)
     SELECT ${sid('id')} AS sid, CASE WHEN id % 2 = 1 THEN 'inbound' ELSE 'outbound' END, id, ${at('id')}
     FROM generate_series(1, ${messages}) AS id ORDER BY sid`,
    `SELECT setval('message_ids', ${messages})`,
    `INSERT INTO delivery_events (message_id, sid, status, params, received_at)
     SELECT id, ${sid('id')} AS sid, status, jsonb_build_object('MessageSid', ${sid('id')}, 'MessageStatus', status), ${at('id')}
     FROM generate_series(2, ${messages}, 2) AS id, ${REPORTS} ORDER BY sid, place`,
  ]) {
    await stack.query(statement);
  }
  await stack.query('RESET session_replication_role');
  await stack.query('VACUUM ANALYZE');
  await stack.query('CHECKPOINT');
}
