import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { MailboxState } from '@app/inbox';
import type { OutboundDraft, QueuedMessage, StoredOutbound } from './outbound-message';

const QUEUED_MESSAGE = `id, conversation_id AS "conversationId", sender, address, topic, body, content, attempt,
  created_at AS "createdAt", correlation_id AS "correlationId"`;

/** Twilio's answer to one attempt. */
export interface AcceptedMessage {
  id: string;
  attempt: number;
  sid: string;
}

@Injectable()
export class OutboxRepository {
  /**
   * A row that is already in flight, unless one is on its way or waits ahead: a reply does not wait behind bulk. What is on
   * its way may be put back in the queue at this very moment; it is ahead all the same. The partial unique index decides
   * between two writers: the loser inserts nothing here.
   */
  async insertClaimed(tx: Tx, draft: OutboundDraft, body: string): Promise<QueuedMessage | undefined> {
    const [row] = await queryRows<QueuedMessage>(
      tx,
      `INSERT INTO outbox_messages
         (conversation_id, sender, address, lane, topic, in_reply_to, correlation_id, body, content, status, attempt, claimed_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, 'sending', 1, clock_timestamp()
       WHERE NOT EXISTS (SELECT FROM outbox_messages WHERE conversation_id = $1
                           AND (status = 'sending' OR status = 'queued' AND (lane = 'reply' OR $4::text = 'bulk')))
       ON CONFLICT (conversation_id) WHERE status = 'sending' DO NOTHING
       RETURNING ${QUEUED_MESSAGE}`,
      [...head(draft), body, draft.content ?? null],
    );
    return row;
  }

  /**
   * Holds what is ahead in the conversation until the commit, so that whoever sends it cannot be done with it before what
   * this transaction writes can be seen. False when nothing is ahead any more.
   */
  async holdAhead(tx: Tx, { conversationId, lane }: OutboundDraft): Promise<boolean> {
    const rows = await queryRows(
      tx,
      `SELECT FROM outbox_messages
       WHERE conversation_id = $1 AND (status = 'sending' OR status = 'queued' AND (lane = 'reply' OR $2 = 'bulk'))
       ORDER BY id FOR SHARE`,
      [conversationId, lane],
    );
    return rows.length > 0;
  }

  async insertQueued(
    tx: Tx,
    draft: OutboundDraft,
    bodies: readonly string[],
    content: OutboundDraft['content'],
  ): Promise<string[]> {
    const rows = await queryRows<{ id: string }>(
      tx,
      `INSERT INTO outbox_messages
         (conversation_id, sender, address, lane, topic, in_reply_to, correlation_id, status, body, content)
       SELECT $1, $2, $3, $4, $5, $6, $7, 'queued', body, CASE WHEN position = 1 THEN $9::jsonb END
       FROM unnest($8::text[]) WITH ORDINALITY AS part (body, position)
       ORDER BY position RETURNING id`,
      [...head(draft), bodies, content ?? null],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Takes the heads of these conversations' queues in flight; missing is where nothing is due or something is on its way.
   * What the shopper does not want to hear (any more) is canceled instead: nobody calls Twilio for it.
   * @throws an error that {@link isOneInFlight} knows when somebody else took one of them in flight at this moment
   */
  claim(tx: Tx, conversationIds: readonly string[]): Promise<QueuedMessage[]> {
    return queryRows<QueuedMessage>(
      tx,
      `WITH refused AS MATERIALIZED (
         SELECT id, why FROM json_array_elements_text($1) AS asked (conversation)
         CROSS JOIN LATERAL (SELECT id, consent_refusal(conversation_id, topic) AS why FROM outbox_messages
                             WHERE conversation_id = conversation::bigint AND status = 'queued' AND topic <> 'reply')
           AS waiting
         WHERE why IS NOT NULL
       ), unwanted AS (
         UPDATE outbox_messages AS m SET status = 'canceled', error_message = why
         FROM refused WHERE m.id = refused.id AND m.status = 'queued'
       )
       UPDATE outbox_messages SET status = 'sending', attempt = attempt + 1, claimed_at = clock_timestamp()
       WHERE id IN (SELECT head.id FROM json_array_elements_text($1) AS asked (conversation)
                    CROSS JOIN LATERAL (SELECT id FROM outbox_messages
                                        WHERE conversation_id = conversation::bigint AND status = 'queued'
                                          AND id NOT IN (SELECT refused.id FROM refused)
                                        ORDER BY lane = 'bulk', id LIMIT 1) AS head
                    WHERE NOT EXISTS (SELECT FROM outbox_messages
                                      WHERE conversation_id = conversation::bigint AND status = 'sending'))
         AND status = 'queued' AND not_before <= now()
       RETURNING ${QUEUED_MESSAGE}`,
      [JSON.stringify(conversationIds)],
    );
  }

  /**
   * Keeps Twilio's SIDs. A status callback may have come first: then it has set a later status, which stays. What went
   * wrong in earlier attempts is no longer true.
   */
  async accept(tx: Tx, accepted: readonly AcceptedMessage[]): Promise<void> {
    await tx.query(
      `WITH accepted AS MATERIALIZED (
         SELECT * FROM json_to_recordset($1) AS answer (id bigint, attempt int, sid text)
       ), known AS (
         INSERT INTO message_sids (sid, direction, message_id) SELECT sid, 'outbound', id FROM accepted ORDER BY sid
         ON CONFLICT DO NOTHING
       )
       UPDATE outbox_messages AS m
       SET sid = coalesce(m.sid, accepted.sid), accepted_at = now(),
           status = CASE WHEN m.status IN ('sending', 'uncertain') THEN 'accepted' ELSE m.status END,
           error_code = CASE WHEN m.status IN ('failed', 'undelivered') THEN m.error_code END, error_message = NULL
       FROM accepted
       WHERE m.id = accepted.id AND m.attempt = accepted.attempt`,
      [JSON.stringify(accepted)],
    );
  }

  async postpone(
    tx: Tx,
    { id, attempt }: QueuedMessage,
    delayMs: number,
    code: number | null,
    why: string,
  ): Promise<void> {
    await tx.query(
      `UPDATE outbox_messages SET status = 'queued', claimed_at = NULL, not_before = now() + $3 * interval '1 millisecond',
         error_code = $4, error_message = $5
       WHERE id = $1 AND attempt = $2 AND status = 'sending'`,
      [id, attempt, delayMs, code, why],
    );
  }

  async settle(
    tx: Tx,
    { id, attempt }: QueuedMessage,
    status: 'failed' | 'uncertain',
    code: number | null,
    why: string,
  ): Promise<void> {
    await tx.query(
      `UPDATE outbox_messages SET status = $3, error_code = $4, error_message = $5
       WHERE id = $1 AND attempt = $2 AND status = 'sending'`,
      [id, attempt, status, code, why],
    );
  }

  async expireClaims(tx: Tx, olderThanMs: number): Promise<number> {
    const rows = await queryRows(
      tx,
      `UPDATE outbox_messages SET status = 'uncertain', error_message = 'the sender ended before Twilio''s answer was stored'
       WHERE status = 'sending' AND claimed_at < now() - $1 * interval '1 millisecond' RETURNING id`,
      [olderThanMs],
    );
    return rows.length;
  }

  async stranded(tx: Tx, olderThanMs: number, limit: number): Promise<string[]> {
    const rows = await queryRows<{ conversation_id: string }>(
      tx,
      `SELECT conversation_id
       FROM (SELECT DISTINCT ON (conversation_id) conversation_id, id, not_before, created_at
             FROM outbox_messages WHERE status = 'queued' ORDER BY conversation_id, lane = 'bulk', id) AS head
       WHERE not_before <= now() AND created_at < now() - $1 * interval '1 millisecond'
         AND NOT EXISTS (SELECT FROM outbox_messages WHERE conversation_id = head.conversation_id AND status = 'sending')
       ORDER BY id LIMIT $2`,
      [olderThanMs, limit],
    );
    return rows.map(({ conversation_id }) => conversation_id);
  }

  async find(tx: Tx, idOrSid: string): Promise<StoredOutbound | undefined> {
    const [row] = await queryRows<StoredOutbound>(
      tx,
      `SELECT id, sid, sender, address, body, status, error_code AS "errorCode", in_reply_to AS "inReplyTo",
              created_at AS "createdAt", accepted_at AS "acceptedAt", sent_at AS "sentAt", delivered_at AS "deliveredAt",
              read_at AS "readAt"
       FROM outbox_messages
       WHERE id = CASE WHEN $1 ~ '^[0-9]{1,18}$' THEN $1::bigint
                       ELSE (SELECT message_id FROM message_sids WHERE sid = $1) END`,
      [idOrSid],
    );
    return row;
  }

  async state(tx: Tx): Promise<MailboxState> {
    const [row] = await queryRows<MailboxState>(
      tx,
      `SELECT count(*)::int AS pending,
              coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "oldestSeconds"
       FROM outbox_messages WHERE status IN ('queued', 'sending')`,
    );
    return row ?? { pending: 0, oldestSeconds: 0 };
  }
}

function head({
  conversationId,
  sender,
  address,
  lane,
  topic,
  inReplyTo,
  correlationId,
}: OutboundDraft): unknown[] {
  return [conversationId, sender, address, lane, topic, JSON.stringify(inReplyTo), correlationId];
}

/** Whether an error says that a conversation has something in flight already. */
export function isOneInFlight(error: unknown): boolean {
  return (error as { constraint?: string }).constraint === 'outbox_messages_one_in_flight';
}
