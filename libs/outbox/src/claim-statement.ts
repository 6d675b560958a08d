import { windowIsOpen } from './conversation-window';
import { nothingInDoubt } from './in-doubt';

/** SQL: the columns of a {@link QueuedMessage}. */
export const QUEUED_MESSAGE = `id, conversation_id AS "conversationId", sender, address, topic, body, content, attempt, continues,
  created_at AS "createdAt", correlation_id AS "correlationId",
  (SELECT ${windowIsOpen('last_inbound_at')} FROM conversations AS c WHERE c.id = conversation_id) AS "windowOpen"`;

/** Whether the sender in this column of a statement is stopped: what it has to send waits in the queue. */
export const isStopped = (senderColumn: string): string =>
  `EXISTS (SELECT FROM sender_stops WHERE sender_stops.sender = ${senderColumn} AND resumed_at IS NULL)`;

/** Where a text may not go out and something stands in for it, that goes. */
const BY_STAND_IN = `stand_in IS NOT NULL
  AND NOT (SELECT ${windowIsOpen('last_inbound_at')} FROM conversations AS c WHERE c.id = conversation_id)`;

/**
 * Takes the heads of the queues of the conversations in $1 in flight, by what stands in for them where the window is closed.
 * What the shopper does not want to hear (any more) is canceled instead: nobody calls Twilio for it. The heads are an array,
 * so that they are found once: as a join they were found anew for every row of a long queue.
 */
export const CLAIM_HEADS = `WITH refused AS MATERIALIZED (
     SELECT id, why FROM json_array_elements_text($1) AS asked (conversation)
     CROSS JOIN LATERAL (SELECT id, consent_refusal(conversation_id, topic) AS why FROM outbox_messages
                         WHERE conversation_id = conversation::bigint AND status = 'queued')
       AS waiting
     WHERE why IS NOT NULL
   ), unwanted AS (
     UPDATE outbox_messages AS m SET status = 'canceled', error_message = why
     FROM refused WHERE m.id = refused.id AND m.status = 'queued'
   )
   UPDATE outbox_messages SET status = 'sending', attempt = attempt + 1, claimed_at = clock_timestamp(),
     content = CASE WHEN ${BY_STAND_IN} THEN stand_in -> 'content' ELSE content END,
     body = CASE WHEN ${BY_STAND_IN} THEN stand_in ->> 'body' ELSE body END,
     stand_in = CASE WHEN NOT (${BY_STAND_IN}) THEN stand_in END
   WHERE id = ANY (ARRAY(
       SELECT head.id FROM json_array_elements_text($1) AS asked (conversation)
       CROSS JOIN LATERAL (SELECT id, lane, sender FROM outbox_messages
                           WHERE conversation_id = conversation::bigint AND status = 'queued'
                             AND id NOT IN (SELECT refused.id FROM refused)
                           ORDER BY lane = 'bulk', id LIMIT 1) AS head
       WHERE NOT EXISTS (SELECT FROM outbox_messages
                         WHERE conversation_id = conversation::bigint AND status = 'sending')
         AND ${nothingInDoubt('conversation::bigint', 'head.lane')}
         AND NOT ${isStopped('head.sender')}))
     AND status = 'queued' AND not_before <= now()
   RETURNING ${QUEUED_MESSAGE}`;
