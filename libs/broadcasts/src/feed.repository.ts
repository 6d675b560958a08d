import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { SkipReason } from './broadcast';
import { CONSENTS, WINDOW_OPEN } from './consent';
import type { Budget } from './domain/budget';
import type { BroadcastContent, PersonalMessage, RecipientFacts } from './domain/content';
import type { Resolving } from './segment.repository';

/** A broadcast that is due for work, held until the commit. Moments are the database's: workers share one clock. */
export interface HeldBroadcast extends Resolving {
  status: 'resolving' | 'running';
  resolved: boolean;
  content: BroadcastContent;
  messagesPerMinute: number;
  budget: Budget;
  written: number;
  pacedToMs: number | null;
  nowMs: number;
}

/** The next of those who wait. */
export interface PendingRecipient extends RecipientFacts {
  conversationId: string;
  consents: boolean;
  windowOpen: boolean;
}

/** What a recipient is to get, or why nothing. */
export type Decision = { conversationId: string } & (PersonalMessage | { skipped: SkipReason });

/**
 * Conversation and shopper of each recipient `r`. `OFFSET 0`, here and below, fixes the order of the search: few rows first,
 * then one by its key. The planner, which knows new tables badly, would read all recipients once for each of a batch.
 */
const PERSON = `CROSS JOIN LATERAL (SELECT * FROM conversations WHERE id = r.conversation_id OFFSET 0) AS c
  CROSS JOIN LATERAL (SELECT * FROM shoppers WHERE id = c.shopper_id OFFSET 0) AS s`;

/** Rows of the broadcast $1 that the outbox has not sent yet: few, and found by its partial indexes. */
const waiting = (status: 'queued' | 'sending'): string =>
  `SELECT r.outbox_id
   FROM (SELECT id FROM outbox_messages WHERE status = '${status}' AND topic = 'broadcast' OFFSET 0) AS m
   CROSS JOIN LATERAL (SELECT outbox_id FROM broadcast_recipients
                       WHERE outbox_id = m.id AND broadcast_id = $1 OFFSET 0) AS r`;

/** Recipients on their way into the outbox. */
@Injectable()
export class FeedRepository {
  async active(tx: Tx): Promise<string[]> {
    const rows = await queryRows<{ id: string }>(
      tx,
      `SELECT id FROM broadcasts WHERE status IN ('resolving', 'running') ORDER BY id`,
    );
    return rows.map(({ id }) => id);
  }

  /** Undefined when there is nothing to do for it, or another worker is at it at this moment. */
  async hold(tx: Tx, id: string): Promise<HeldBroadcast | undefined> {
    const [row] = await queryRows<HeldBroadcast>(
      tx,
      `SELECT id, status, resolved_at IS NOT NULL AS resolved, sender, segment, content,
              messages_per_minute AS "messagesPerMinute", written, resolved_to AS "resolvedTo",
              json_build_object('mostMessages', most_messages, 'mostCostMinor', most_cost_minor,
                                'priceMinor', price_minor, 'currency', currency) AS budget,
              (extract(epoch FROM paced_to) * 1000)::float8 AS "pacedToMs",
              (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS "nowMs"
       FROM broadcasts WHERE id = $1 AND status IN ('resolving', 'running') FOR NO KEY UPDATE SKIP LOCKED`,
      [id],
    );
    return row;
  }

  /** How many of its messages wait in the outbox or are being sent. */
  async waiting(tx: Tx, id: string): Promise<number> {
    const [row] = await queryRows<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM (${waiting('queued')} UNION ALL ${waiting('sending')}) AS unsent`,
      [id],
    );
    return row?.count ?? 0;
  }

  pending(tx: Tx, id: string, limit: number): Promise<PendingRecipient[]> {
    return queryRows<PendingRecipient>(
      tx,
      `SELECT c.id AS "conversationId", ${CONSENTS} AS consents, ${WINDOW_OPEN} AS "windowOpen", s.name,
              (SELECT json_build_object('number', o.number::text, 'totalMinor', o.total_minor, 'currency', o.currency)
               FROM orders o WHERE o.shopper_id = s.id ORDER BY o.id DESC LIMIT 1) AS "lastOrder"
       FROM (SELECT conversation_id FROM broadcast_recipients
             WHERE broadcast_id = $1 AND outbox_id IS NULL AND skipped IS NULL
             ORDER BY conversation_id LIMIT $2) AS r
       ${PERSON}
       ORDER BY c.id`,
      [id, limit],
    );
  }

  /**
   * Makes outbox rows of recipients, once: row and recipient are one statement. Consent and window are asked here again,
   * because a shopper may have written since {@link pending}. What became of each that was still pending.
   */
  async write(
    tx: Tx,
    id: string,
    { decisions, needsWindow }: { decisions: readonly Decision[]; needsWindow: boolean },
  ): Promise<(SkipReason | null)[]> {
    const rows = await queryRows<{ skipped: SkipReason | null }>(
      tx,
      `WITH given AS MATERIALIZED (
         SELECT * FROM json_to_recordset($2)
           AS g ("conversationId" bigint, body text, content jsonb, skipped text)
       ), judged AS MATERIALIZED (
         SELECT c.id, c.sender, c.address, given.body, given.content,
                coalesce(given.skipped, CASE WHEN NOT ${CONSENTS} THEN 'OPTED_OUT'
                                             WHEN $3::boolean AND NOT ${WINDOW_OPEN} THEN 'WINDOW_CLOSED' END) AS skipped
         FROM given
         CROSS JOIN LATERAL (SELECT conversation_id FROM broadcast_recipients
                             WHERE broadcast_id = $1 AND conversation_id = given."conversationId"
                               AND outbox_id IS NULL AND skipped IS NULL OFFSET 0) AS r
         ${PERSON}
         ORDER BY c.id
       ), numbered AS MATERIALIZED (
         SELECT judged.*, CASE WHEN skipped IS NULL THEN nextval('message_ids') END AS outbox_id FROM judged
       ), written AS (
         INSERT INTO outbox_messages
           (id, conversation_id, sender, address, lane, topic, correlation_id, status, body, content)
         SELECT outbox_id, id, sender, address, 'bulk', 'broadcast', $4, 'queued', body, content
         FROM numbered WHERE skipped IS NULL
       )
       -- They are all there: a way to update each by its key.
       INSERT INTO broadcast_recipients AS r (broadcast_id, conversation_id, outbox_id, skipped, decided_at)
       SELECT $1, id, outbox_id, skipped, now() FROM numbered
       ON CONFLICT (broadcast_id, conversation_id) DO UPDATE
       SET outbox_id = excluded.outbox_id, skipped = excluded.skipped, decided_at = excluded.decided_at
       RETURNING r.skipped`,
      [id, JSON.stringify(decisions), needsWindow, `broadcast-${id}`],
    );
    return rows.map(({ skipped }) => skipped);
  }

  /** Counts against budget and pace what was written. */
  async count(tx: Tx, id: string, written: number, pacedToMs: number): Promise<void> {
    await tx.query(
      `UPDATE broadcasts SET written = written + $2, paced_to = to_timestamp($3::float8 / 1000) WHERE id = $1`,
      [id, written, pacedToMs],
    );
  }

  /** Cancels what the outbox has not begun to send. What is on its way at this moment goes out. Returns how many. */
  async cancelQueued(tx: Tx, id: string): Promise<number> {
    const rows = await queryRows(
      tx,
      `UPDATE outbox_messages SET status = 'canceled'
       WHERE id IN (${waiting('queued')}) AND status = 'queued' RETURNING id`,
      [id],
    );
    return rows.length;
  }
}
