import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { DeliveryReport } from '@app/messaging';
import type { OutboundStatus } from '@app/outbox';

export interface TrackedMessage {
  id: string;
  status: OutboundStatus;
  sid: string | null;
  address: string;
  correlationId: string;
}

export interface StoredEvent {
  status: string;
  errorCode: number | null;
  at: Date;
}

@Injectable()
export class DeliveryRepository {
  /** The outbox row that a report speaks of: by the id in the callback's query, else by the SID. Locked. */
  async lockMessage(tx: Tx, { messageId, sid }: DeliveryReport): Promise<TrackedMessage | undefined> {
    const [row] = await queryRows<TrackedMessage>(
      tx,
      `SELECT id, status, sid, address, correlation_id AS "correlationId" FROM outbox_messages
       WHERE id = coalesce($1::bigint, (SELECT message_id FROM message_sids WHERE sid = $2 AND direction = 'outbound'))
       FOR UPDATE`,
      [messageId, sid],
    );
    return row;
  }

  /** False when this SID has already reported this status. */
  async append(tx: Tx, report: DeliveryReport, messageId: string | null, params: object): Promise<boolean> {
    const rows = await queryRows(
      tx,
      `INSERT INTO delivery_events (message_id, sid, status, error_code, params) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (sid, status) DO NOTHING RETURNING id`,
      [messageId, report.sid, report.status, report.errorCode, JSON.stringify(params)],
    );
    return rows.length > 0;
  }

  /** Adds a SID to the message's. False when it was known. */
  async learnSid(tx: Tx, id: string, sid: string): Promise<boolean> {
    const rows = await queryRows(
      tx,
      `INSERT INTO message_sids (sid, direction, message_id) VALUES ($2, 'outbound', $1)
       ON CONFLICT DO NOTHING RETURNING sid`,
      [id, sid],
    );
    return rows.length > 0;
  }

  /** Stores the folded status; the time of a status is its first report's. A callback may teach us the SID. */
  async update(tx: Tx, id: string, status: OutboundStatus, report: DeliveryReport): Promise<void> {
    await tx.query(
      `WITH known AS (
         INSERT INTO message_sids (sid, direction, message_id) VALUES ($3, 'outbound', $1) ON CONFLICT DO NOTHING
       )
       UPDATE outbox_messages SET status = $2, sid = coalesce(sid, $3),
         sent_at = CASE WHEN $4 = 'sent' THEN coalesce(sent_at, now()) ELSE sent_at END,
         delivered_at = CASE WHEN $4 = 'delivered' THEN coalesce(delivered_at, now()) ELSE delivered_at END,
         read_at = CASE WHEN $4 = 'read' THEN coalesce(read_at, now()) ELSE read_at END,
         error_code = CASE WHEN $2 IN ('failed', 'undelivered') THEN coalesce($5, error_code) END
       WHERE id = $1`,
      [id, status, report.sid, report.status, report.errorCode],
    );
  }

  eventsOf(tx: Tx, messageId: string): Promise<StoredEvent[]> {
    return queryRows<StoredEvent>(
      tx,
      `SELECT status, error_code AS "errorCode", received_at AS at FROM delivery_events
       WHERE message_id = $1 ORDER BY received_at, id`,
      [messageId],
    );
  }
}
