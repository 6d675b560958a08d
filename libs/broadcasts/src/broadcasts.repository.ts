import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { Broadcast, Recipient, RecipientResult } from './broadcast';
import type { BroadcastDraft } from './domain/draft';
import { type BroadcastStatus, hasEnded } from './domain/life-cycle';

const COLUMNS = `id, name, status, sender, segment, content, messages_per_minute AS "messagesPerMinute",
  json_build_object('mostMessages', most_messages, 'mostCostMinor', most_cost_minor, 'priceMinor', price_minor,
                    'currency', currency) AS budget,
  recipients, written, created_at AS "createdAt", started_at AS "startedAt", ended_at AS "endedAt"`;

/** Recipients of the broadcast $1, each with the result: the outbox tells it. */
const RECIPIENTS = `SELECT r.conversation_id AS "conversationId", r.skipped, r.outbox_id AS "outboxId",
    r.decided_at AS "decidedAt", m.sid, m.error_code AS "errorCode",
    CASE WHEN r.skipped IS NOT NULL THEN 'skipped' WHEN m.id IS NOT NULL THEN m.status
         WHEN b.ended_at IS NOT NULL THEN 'unsent' ELSE 'pending' END AS result
  FROM broadcasts b JOIN broadcast_recipients r ON r.broadcast_id = b.id
  LEFT JOIN outbox_messages m ON m.id = r.outbox_id
  WHERE b.id = $1`;

@Injectable()
export class BroadcastsRepository {
  async create(tx: Tx, sender: string, draft: BroadcastDraft): Promise<Broadcast> {
    const { name, segment, content, messagesPerMinute, budget } = draft;
    const [row] = await queryRows<Broadcast>(
      tx,
      `INSERT INTO broadcasts (name, sender, segment, content, messages_per_minute, most_messages, most_cost_minor,
                               price_minor, currency)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${COLUMNS}`,
      [
        name,
        sender,
        segment,
        content,
        messagesPerMinute,
        budget.mostMessages,
        budget.mostCostMinor,
        budget.priceMinor,
        budget.currency,
      ],
    );
    if (!row) {
      throw new Error('an inserted broadcast did not come back');
    }
    return row;
  }

  async find(tx: Tx, id: string): Promise<Broadcast | undefined> {
    const [row] = await queryRows<Broadcast>(tx, `SELECT ${COLUMNS} FROM broadcasts WHERE id = $1`, [id]);
    return row;
  }

  /** Waits for the feeder's transaction, so that nothing is written after a stop. */
  async lock(tx: Tx, id: string): Promise<Broadcast | undefined> {
    const [row] = await queryRows<Broadcast>(
      tx,
      `SELECT ${COLUMNS} FROM broadcasts WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row;
  }

  async setStatus(tx: Tx, id: string, status: BroadcastStatus): Promise<Broadcast> {
    const [row] = await queryRows<Broadcast>(
      tx,
      `UPDATE broadcasts
       SET status = $2, started_at = CASE WHEN $2 = 'resolving' THEN coalesce(started_at, now()) ELSE started_at END,
           resolved_at = CASE WHEN $2 = 'running' THEN coalesce(resolved_at, now()) ELSE resolved_at END,
           ended_at = CASE WHEN $3 THEN coalesce(ended_at, now()) END
       WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, status, hasEnded(status)],
    );
    if (!row) {
      throw new Error('a locked broadcast is gone');
    }
    return row;
  }

  /** Newest first, older than `before`. */
  page(
    tx: Tx,
    { before, status, limit }: { before: string | null; status: BroadcastStatus | null; limit: number },
  ): Promise<Broadcast[]> {
    return queryRows<Broadcast>(
      tx,
      `SELECT ${COLUMNS} FROM broadcasts
       WHERE ($1::bigint IS NULL OR id < $1) AND ($2::text IS NULL OR status = $2)
       ORDER BY id DESC LIMIT $3`,
      [before, status, limit],
    );
  }

  /** Recipients by result, in one statement. */
  results(tx: Tx, id: string): Promise<{ result: RecipientResult; count: number }[]> {
    return queryRows(
      tx,
      `SELECT result, count(*)::int AS count FROM (${RECIPIENTS}) AS recipient GROUP BY result`,
      [id],
    );
  }

  /** In the order in which they are served, behind `after`. */
  recipients(
    tx: Tx,
    id: string,
    { after, result, limit }: { after: string | null; result: RecipientResult | null; limit: number },
  ): Promise<Recipient[]> {
    return queryRows<Recipient>(
      tx,
      `SELECT recipient.*, c.address
       FROM (${RECIPIENTS} AND ($2::bigint IS NULL OR r.conversation_id > $2)) AS recipient
       JOIN conversations c ON c.id = recipient."conversationId"
       WHERE $3::text IS NULL OR result = $3
       ORDER BY "conversationId" LIMIT $4`,
      [id, after, result, limit],
    );
  }
}
