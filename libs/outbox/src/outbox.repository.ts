import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { MailboxState } from '@app/inbox';
import type { SendTrace } from '@app/messaging';
import { RECORD_ACCEPTED, RECORD_ENDING } from './attempt-statements';
import { CLAIM_BULK, CLAIM_REPLIES, isStopped, QUEUED_MESSAGE, SENDERS_OF_BULK } from './claim-statement';
import { holdsUp, nothingInDoubt } from './in-doubt';
import type { AttemptOutcome, TriedMessage } from './outbound-attempt';
import type { OutboundDraft, QueuedMessage, StoredOutbound } from './outbound-message';

/** Twilio's answer to one attempt. */
export interface AcceptedMessage extends Partial<SendTrace> {
  id: string;
  attempt: number;
  sid: string;
}

/** What a try that did not end with a SID means for its row. */
interface Ending {
  status: 'queued' | 'uncertain' | 'failed' | 'dead';
  outcome: AttemptOutcome;
  code: number | null;
  why: string;
  delayMs: number;
}

type BulkRow = { found: number } & (QueuedMessage | { id: null });

const OUTCOME_OF = { uncertain: 'uncertain', failed: 'rejected', dead: 'retry' } as const;

@Injectable()
export class OutboxRepository {
  /**
   * A row that is already in flight, unless one is on its way or waits ahead: a reply does not wait behind bulk. What is on
   * its way may be put back in the queue at this very moment; it is ahead all the same. The partial unique index decides
   * between two writers: the loser inserts nothing here.
   */
  async insertClaimed(tx: Tx, draft: OutboundDraft, body: string): Promise<QueuedMessage | undefined> {
    const claimedSince = Date.now();
    const [row] = await queryRows<QueuedMessage>(
      tx,
      `INSERT INTO outbox_messages
         (conversation_id, sender, address, lane, topic, in_reply_to, correlation_id, body, content, status, attempt, claimed_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, 'sending', 1, clock_timestamp()
       WHERE NOT EXISTS (SELECT FROM outbox_messages WHERE conversation_id = $1
                           AND (status = 'sending' OR status = 'queued' AND (lane = 'reply' OR $4::text = 'bulk')))
         AND ${nothingInDoubt('$1', '$4::text')}
         AND NOT ${isStopped('$2')}
       ON CONFLICT (conversation_id) WHERE status = 'sending' DO NOTHING
       RETURNING ${QUEUED_MESSAGE}`,
      [...head(draft), body, draft.content ?? null],
    );
    return row && { ...row, claimedSince };
  }

  /**
   * Holds what is ahead in the conversation until the commit, so that whoever sends it cannot be done with it before what
   * this transaction writes can be seen. A stopped sender is ahead of everything. False when nothing is ahead any more.
   */
  async holdAhead(tx: Tx, { conversationId, lane, sender }: OutboundDraft): Promise<boolean> {
    const rows = await queryRows(
      tx,
      `WITH held AS (
         SELECT id FROM outbox_messages AS ahead
         WHERE conversation_id = $1
           AND (status = 'sending' OR ${holdsUp('ahead', '$2')} OR status = 'queued' AND (lane = 'reply' OR $2 = 'bulk'))
         ORDER BY id FOR SHARE
       )
       SELECT id FROM held UNION ALL SELECT NULL WHERE ${isStopped('$3')}`,
      [conversationId, lane, sender],
    );
    return rows.length > 0;
  }

  /** @param continues whether the first of them goes on from a part that is claimed already; the others always do */
  async insertQueued(
    tx: Tx,
    draft: OutboundDraft,
    bodies: readonly string[],
    { content, standIn, continues }: Pick<OutboundDraft, 'content' | 'standIn'> & { continues: boolean },
  ): Promise<string[]> {
    const rows = await queryRows<{ id: string }>(
      tx,
      `INSERT INTO outbox_messages
         (conversation_id, sender, address, lane, topic, in_reply_to, correlation_id, status, body, content, stand_in, continues)
       SELECT $1, $2, $3, $4, $5, $6, $7, 'queued', body, CASE WHEN position = 1 THEN $9::jsonb END,
              CASE WHEN position = 1 THEN $10::jsonb END, position > 1 OR $11
       FROM unnest($8::text[]) WITH ORDINALITY AS part (body, position)
       ORDER BY position RETURNING id`,
      [...head(draft), bodies, content ?? null, standIn ?? null, continues],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Takes the first waiting reply of each of these conversations in flight; missing is where nothing is due, something is on
   * its way, the sender is stopped, or the shopper does not want to hear it.
   * @throws an error that {@link isOneInFlight} knows when somebody else took one of them in flight at this moment
   */
  async claimReplies(tx: Tx, conversationIds: readonly string[]): Promise<QueuedMessage[]> {
    const claimedSince = Date.now();
    const rows = await queryRows<QueuedMessage>(tx, CLAIM_REPLIES, [JSON.stringify(conversationIds)]);
    return rows.map((row) => ({ ...row, claimedSince }));
  }

  /**
   * Takes the oldest bulk messages of a sender in flight.
   * @returns how many were found to be due, and those of them that somebody wants to hear
   * @throws as {@link claimReplies}
   */
  async claimBulk(
    tx: Tx,
    sender: string,
    most: number,
  ): Promise<{ found: number; messages: QueuedMessage[] }> {
    const claimedSince = Date.now();
    const rows = await queryRows<BulkRow>(tx, CLAIM_BULK, [sender, most]);
    const messages = rows
      .filter((row): row is BulkRow & QueuedMessage => row.id !== null)
      .map((row) => ({ ...row, claimedSince }));
    return { found: rows[0]?.found ?? 0, messages };
  }

  /** Senders that have bulk messages in the queue. */
  async sendersOfBulk(tx: Tx): Promise<string[]> {
    const rows = await queryRows<{ sender: string }>(tx, SENDERS_OF_BULK);
    return rows.map(({ sender }) => sender);
  }

  /** Keeps Twilio's SIDs, and answers the second ones: of messages that went out twice. */
  async accept(tx: Tx, accepted: readonly AcceptedMessage[]): Promise<ReadonlySet<string>> {
    const second = await queryRows<{ sid: string }>(tx, RECORD_ACCEPTED, [JSON.stringify(accepted)]);
    return new Set(second.map(({ sid }) => sid));
  }

  postpone(tx: Tx, message: TriedMessage, delayMs: number, code: number | null, why: string): Promise<void> {
    return this.end(tx, message, { status: 'queued', outcome: 'retry', code, why, delayMs });
  }

  settle(
    tx: Tx,
    message: TriedMessage,
    status: 'failed' | 'uncertain' | 'dead',
    code: number | null,
    why: string,
  ): Promise<void> {
    return this.end(tx, message, { status, outcome: OUTCOME_OF[status], code, why, delayMs: 0 });
  }

  /** Puts what stands in for it in the place of a text that Twilio refused for a closed window, once; false without any. */
  async useStandIn(tx: Tx, { id, attempt }: QueuedMessage): Promise<boolean> {
    const rows = await queryRows(
      tx,
      `UPDATE outbox_messages SET content = stand_in -> 'content', body = stand_in ->> 'body', stand_in = NULL
       WHERE id = $1 AND attempt = $2 AND status = 'sending' AND stand_in IS NOT NULL RETURNING id`,
      [id, attempt],
    );
    return rows.length > 0;
  }

  /** Counts an answer whose code nobody knows; how many there were so far. */
  async countUnknownAnswer(tx: Tx, { id, attempt }: QueuedMessage): Promise<number> {
    const [row] = await queryRows<{ answers: number }>(
      tx,
      `UPDATE outbox_messages SET unknown_answers = unknown_answers + 1
       WHERE id = $1 AND attempt = $2 AND status = 'sending' RETURNING unknown_answers AS answers`,
      [id, attempt],
    );
    return row?.answers ?? 0;
  }

  async stranded(tx: Tx, olderThanMs: number, limit: number): Promise<string[]> {
    const rows = await queryRows<{ conversation_id: string }>(
      tx,
      `SELECT conversation_id
       FROM (SELECT DISTINCT ON (conversation_id) conversation_id, id, not_before, created_at
             FROM outbox_messages WHERE status = 'queued' AND lane = 'reply' AND NOT ${isStopped('outbox_messages.sender')}
             ORDER BY conversation_id, id) AS head
       WHERE not_before <= now() AND created_at < now() - $1 * interval '1 millisecond'
         AND NOT EXISTS (SELECT FROM outbox_messages WHERE conversation_id = head.conversation_id AND status = 'sending')
         AND ${nothingInDoubt('head.conversation_id', `'reply'`)}
       ORDER BY id LIMIT $2`,
      [olderThanMs, limit],
    );
    return rows.map(({ conversation_id }) => conversation_id);
  }

  async find(tx: Tx, idOrSid: string): Promise<StoredOutbound | undefined> {
    const [row] = await queryRows<StoredOutbound>(
      tx,
      `SELECT id, sid, sender, address, body, status, error_code AS "errorCode", error_message AS "errorMessage", in_reply_to AS "inReplyTo",
              instead_of AS "insteadOf", (SELECT id FROM outbox_messages AS sms WHERE sms.instead_of = m.id) AS "smsId", created_at AS "createdAt", accepted_at AS "acceptedAt", sent_at AS "sentAt", delivered_at AS "deliveredAt",
              read_at AS "readAt"
       FROM outbox_messages AS m
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

  private async end(
    tx: Tx,
    { id, attempt, trace }: TriedMessage,
    { status, outcome, code, why, delayMs }: Ending,
  ): Promise<void> {
    await tx.query(RECORD_ENDING, [
      id,
      attempt,
      status,
      outcome,
      code,
      why,
      delayMs,
      trace?.durationMs ?? null,
      trace?.httpStatus ?? null,
      trace?.requestId ?? null,
    ]);
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
