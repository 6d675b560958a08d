import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { MailboxState } from '@app/inbox';
import { type AfterLook, type Doubt, FIRST_LOOK_MS } from './domain/doubt';
import type { OutboundAttempt } from './outbound-attempt';

/** A message that may or may not have gone out, for whoever looks for it at Twilio. */
export interface DoubtfulMessage extends Doubt {
  id: string;
  attempt: number;
  sender: string;
  address: string;
  /** Null where Twilio's text need not be ours: a template's. */
  body: string | null;
  claimedAt: Date;
}

type Attempt = Pick<DoubtfulMessage, 'id' | 'attempt'>;

/** SQL of messages in doubt, and of the attempts that brought them there. Each change is fenced by the attempt's number. */
@Injectable()
export class DoubtRepository {
  /** Rows whose sender is gone: they may have gone out. Returns how many. */
  async expireClaims(tx: Tx, olderThanMs: number): Promise<number> {
    const rows = await queryRows(
      tx,
      `WITH expired AS (
         UPDATE outbox_messages
         SET status = 'uncertain', error_message = 'the sender ended before Twilio''s answer was stored', looks = 0, holds = true,
             look_at = claimed_at + interval '${FIRST_LOOK_MS} milliseconds'
         WHERE status = 'sending' AND claimed_at < now() - $1 * interval '1 millisecond'
         RETURNING id, attempt, claimed_at, error_message
       ), tried AS (
         INSERT INTO outbox_attempts (message_id, attempt, started_at, outcome, error)
         SELECT id, attempt, claimed_at, 'uncertain', error_message FROM expired
         ON CONFLICT DO NOTHING
       )
       SELECT FROM expired`,
      [olderThanMs],
    );
    return rows.length;
  }

  /** Takes rows whose next look is due, for a time: should the caller die, somebody else looks after it. */
  due(tx: Tx, leaseMs: number, most: number): Promise<DoubtfulMessage[]> {
    return queryRows<DoubtfulMessage>(
      tx,
      `UPDATE outbox_messages AS m SET look_at = now() + $1 * interval '1 millisecond'
       WHERE id IN (SELECT id FROM outbox_messages
                    WHERE status = 'uncertain'
                      AND coalesce(look_at, claimed_at + interval '${FIRST_LOOK_MS} milliseconds') <= now()
                    ORDER BY look_at, id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
       RETURNING id, attempt, sender, address, CASE WHEN content ->> 'type' = 'template' THEN NULL ELSE body END AS body,
         claimed_at AS "claimedAt", looks, topic = 'reply' AS "isReply",
         extract(epoch FROM now() - claimed_at)::float8 * 1000 AS "claimedMs",
         extract(epoch FROM now() - created_at)::float8 * 1000 AS "writtenMs",
         greatest(1, (SELECT count(*)::int FROM outbox_attempts
                      WHERE message_id = m.id AND outcome = 'uncertain')) AS doubts`,
      [leaseMs, most],
    );
  }

  /** Takes a SID that nobody knew as this row's own. False when the row is not in doubt any more, or the SID is another's. */
  async adopt(tx: Tx, { id, attempt }: Attempt, sid: string): Promise<boolean> {
    const rows = await queryRows(
      tx,
      `WITH held AS MATERIALIZED (
         SELECT id FROM outbox_messages WHERE id = $1 AND attempt = $2 AND status = 'uncertain' FOR NO KEY UPDATE
       ), known AS (
         INSERT INTO message_sids (sid, direction, message_id) SELECT $3::text, 'outbound', id FROM held
         ON CONFLICT DO NOTHING RETURNING message_id
       ), adopted AS (
         UPDATE outbox_messages AS m
         SET status = 'accepted', sid = $3, accepted_at = now(), error_code = NULL, error_message = NULL, look_at = NULL
         FROM known WHERE m.id = known.message_id
         RETURNING m.id
       ), tried AS (
         UPDATE outbox_attempts SET resolution = 'list', resolved_at = now()
         FROM adopted WHERE message_id = adopted.id AND attempt = $2
       )
       SELECT FROM adopted`,
      [id, attempt, sid],
    );
    return rows.length > 0;
  }

  async lookAgain(
    tx: Tx,
    { id, attempt }: Attempt,
    { afterMs, looks, holds }: Extract<AfterLook, { kind: 'look_again' }>,
  ): Promise<void> {
    await tx.query(
      `UPDATE outbox_messages SET look_at = now() + $3 * interval '1 millisecond', looks = $4, holds = $5
       WHERE id = $1 AND attempt = $2 AND status = 'uncertain'`,
      [id, attempt, afterMs, looks, holds],
    );
  }

  /** Ends the doubt without a SID: it is sent again, or nobody tries any more. False when somebody else ended it before. */
  async end(
    tx: Tx,
    { id, attempt }: Attempt,
    status: 'queued' | 'dead',
    why: string | null,
  ): Promise<boolean> {
    const rows = await queryRows(
      tx,
      `WITH ended AS (
         UPDATE outbox_messages
         SET status = $3, claimed_at = CASE WHEN $3 = 'dead' THEN claimed_at END, look_at = NULL, looks = 0, not_before = now(),
             error_message = $4
         WHERE id = $1 AND attempt = $2 AND status = 'uncertain'
         RETURNING id
       ), tried AS (
         UPDATE outbox_attempts SET resolution = CASE WHEN $3 = 'dead' THEN 'dead' ELSE 'absent' END, resolved_at = now()
         FROM ended WHERE message_id = ended.id AND attempt = $2
       )
       SELECT FROM ended`,
      [id, attempt, status, why],
    );
    return rows.length > 0;
  }

  attempts(tx: Tx, messageId: string): Promise<OutboundAttempt[]> {
    return queryRows<OutboundAttempt>(
      tx,
      `SELECT attempt, started_at AS "startedAt", duration_ms AS "durationMs", outcome, http_status AS "httpStatus",
              error_code AS "errorCode", error, request_id AS "requestId", resolution, resolved_at AS "resolvedAt"
       FROM outbox_attempts WHERE message_id = $1 ORDER BY attempt`,
      [messageId],
    );
  }

  async state(tx: Tx): Promise<MailboxState> {
    const [row] = await queryRows<MailboxState>(
      tx,
      `SELECT count(*)::int AS pending,
              coalesce(extract(epoch FROM now() - min(claimed_at)), 0)::float8 AS "oldestSeconds"
       FROM outbox_messages WHERE status = 'uncertain'`,
    );
    return row ?? { pending: 0, oldestSeconds: 0 };
  }
}
