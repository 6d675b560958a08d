import { windowIsOpen } from './conversation-window';
import { nothingInDoubt } from './in-doubt';
import { pairHasRoom } from './pair-bucket';

/** SQL: the columns of a {@link QueuedMessage}. */
export const QUEUED_MESSAGE = `id, conversation_id AS "conversationId", sender, address, lane, topic, body, content, attempt, continues,
  created_at AS "createdAt", correlation_id AS "correlationId",
  (SELECT ${windowIsOpen('last_inbound_at')} FROM conversations AS c WHERE c.id = conversation_id) AS "windowOpen"`;

/** Whether the sender in this column of a statement is stopped: what it has to send waits in the queue. */
export const isStopped = (senderColumn: string): string =>
  `EXISTS (SELECT FROM sender_stops WHERE sender_stops.sender = ${senderColumn} AND resumed_at IS NULL)`;

/** Where a text may not go out and something stands in for it, that goes. */
const BY_STAND_IN = `stand_in IS NOT NULL
  AND NOT (SELECT ${windowIsOpen('last_inbound_at')} FROM conversations AS c WHERE c.id = conversation_id)`;

/** How a row is put in flight: by what stands in for it where the window is closed. */
const IN_FLIGHT = `status = 'sending', attempt = attempt + 1, claimed_at = clock_timestamp(),
  content = CASE WHEN ${BY_STAND_IN} THEN stand_in -> 'content' ELSE content END,
  body = CASE WHEN ${BY_STAND_IN} THEN stand_in ->> 'body' ELSE body END,
  stand_in = CASE WHEN NOT (${BY_STAND_IN}) THEN stand_in END`;

/**
 * Takes the first waiting reply of each of the conversations in $1 in flight; what a stopped number has to say (an SMS, in a
 * conversation on WhatsApp) holds up nobody else. What the shopper does not want to hear (any
 * more) is canceled instead: nobody calls Twilio for it. The heads are an array, so that they are found once: as a join they
 * were found anew for every row of a long queue. What a turn holds is left to it: it looks again when it has committed. Whoever
 * waited for it here, with other rows in hand, could wait in a circle.
 */
export const CLAIM_REPLIES = `WITH refused AS MATERIALIZED (
     SELECT id, why FROM json_array_elements_text($1) AS asked (conversation)
     CROSS JOIN LATERAL (SELECT id, consent_refusal(conversation_id, topic) AS why FROM outbox_messages
                         WHERE conversation_id = conversation::bigint AND status = 'queued' AND lane = 'reply')
       AS waiting
     WHERE why IS NOT NULL
   ), unwanted AS (
     UPDATE outbox_messages AS m SET status = 'canceled', error_message = why
     FROM refused WHERE m.id = refused.id AND m.status = 'queued'
   )
   UPDATE outbox_messages SET ${IN_FLIGHT}
   WHERE id IN (SELECT id FROM outbox_messages WHERE id = ANY (ARRAY(
       SELECT head.id FROM json_array_elements_text($1) AS asked (conversation)
       CROSS JOIN LATERAL (SELECT id FROM outbox_messages
                           WHERE conversation_id = conversation::bigint AND status = 'queued' AND lane = 'reply'
                             AND id NOT IN (SELECT refused.id FROM refused) AND NOT ${isStopped('outbox_messages.sender')}
                           ORDER BY id LIMIT 1) AS head
       WHERE NOT EXISTS (SELECT FROM outbox_messages
                         WHERE conversation_id = conversation::bigint AND status = 'sending')
         AND ${nothingInDoubt('conversation::bigint', `'reply'`)}))
       AND status = 'queued' AND not_before <= now() ORDER BY conversation_id FOR NO KEY UPDATE SKIP LOCKED)
   RETURNING ${QUEUED_MESSAGE}`;

/**
 * Takes the oldest bulk messages of the sender $1 in flight, $2 at most and one of a conversation, or cancels those that the
 * shopper does not want. Of several workers each gets others. The first row tells how many were found, of either kind. "Between",
 * because only the lane's own index has the order that then is asked for: by their ids alone the whole history was walked.
 */
export const CLAIM_BULK = `WITH due AS MATERIALIZED (
     SELECT id, consent_refusal(conversation_id, topic) AS why FROM outbox_messages AS m
     WHERE sender BETWEEN $1 AND $1 AND status = 'queued' AND lane = 'bulk' AND not_before <= now()
       AND NOT EXISTS (SELECT FROM outbox_messages AS ahead
                       WHERE ahead.conversation_id = m.conversation_id AND ahead.sender = m.sender
                         AND ahead.status = 'queued' AND ahead.id < m.id)
       AND NOT EXISTS (SELECT FROM outbox_messages AS reply
                       WHERE reply.conversation_id = m.conversation_id AND reply.status = 'queued' AND reply.lane = 'reply')
       AND NOT EXISTS (SELECT FROM outbox_messages AS sent
                       WHERE sent.conversation_id = m.conversation_id AND sent.status = 'sending')
       AND ${nothingInDoubt('m.conversation_id', `'bulk'`)}
       AND ${pairHasRoom('m.conversation_id')}
       AND NOT ${isStopped('$1')}
     ORDER BY sender, id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
   ), unwanted AS (
     UPDATE outbox_messages AS m SET status = 'canceled', error_message = why
     FROM due WHERE m.id = due.id AND why IS NOT NULL
   ), taken AS (
     UPDATE outbox_messages SET ${IN_FLIGHT}
     WHERE id = ANY (ARRAY(SELECT due.id FROM due WHERE why IS NULL))
     RETURNING ${QUEUED_MESSAGE}
   )
   SELECT (SELECT count(*)::int FROM due) AS found, taken.*
   FROM (VALUES (true)) AS always LEFT JOIN taken ON true
   ORDER BY taken.id`;

/** Who has something in the bulk lane: the index is walked from sender to sender, however much each has waiting. */
export const SENDERS_OF_BULK = `WITH RECURSIVE lane AS (
     (SELECT sender FROM outbox_messages WHERE status = 'queued' AND lane = 'bulk' ORDER BY sender, id LIMIT 1)
     UNION ALL
     SELECT following.sender FROM lane CROSS JOIN LATERAL (
       SELECT sender FROM outbox_messages
       WHERE status = 'queued' AND lane = 'bulk' AND sender > lane.sender ORDER BY sender, id LIMIT 1) AS following
   )
   SELECT sender FROM lane`;
