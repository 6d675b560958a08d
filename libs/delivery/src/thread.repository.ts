import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { Channel } from '@app/messaging';

/** A message in its conversation. */
export interface ThreadMessage {
  /** In the order in which messages were written, whatever their direction. */
  id: string;
  sid: string | null;
  direction: 'inbound' | 'outbound';
  channel: Channel;
  body: string;
  status: string;
  /** The message that this SMS says in place of WhatsApp; null for all others. */
  insteadOf: string | null;
  createdAt: Date;
}

@Injectable()
export class ThreadRepository {
  /** One sequence gives the ids of both directions, so that a page of each makes a page of both. */
  page(tx: Tx, conversationId: string, before: string | null, limit: number): Promise<ThreadMessage[]> {
    return queryRows<ThreadMessage>(
      tx,
      `WITH inbound AS (
         SELECT m.id, m.sid, 'inbound' AS direction, CASE m.content ->> 'type' WHEN 'sms' THEN 'sms' ELSE 'whatsapp' END AS channel,
                coalesce(m.content ->> 'text', m.content ->> 'label', '') AS body, m.status, NULL::bigint AS "insteadOf",
                m.received_at AS "createdAt"
         FROM conversations AS c
         JOIN shopper_identities AS known ON known.shopper_id = c.shopper_id
         CROSS JOIN LATERAL (
           SELECT * FROM inbox_messages
           WHERE address = known.address AND sender = c.sender AND ($2::bigint IS NULL OR id < $2)
           ORDER BY id DESC LIMIT $3) AS m
         WHERE c.id = $1
       ), outbound AS (
         SELECT id, sid, 'outbound', CASE WHEN address LIKE 'whatsapp:%' THEN 'whatsapp' ELSE 'sms' END, body, status,
                instead_of, created_at
         FROM outbox_messages WHERE conversation_id = $1 AND ($2::bigint IS NULL OR id < $2)
         ORDER BY id DESC LIMIT $3
       )
       SELECT * FROM inbound UNION ALL SELECT * FROM outbound ORDER BY id DESC LIMIT $3`,
      [conversationId, before, limit],
    );
  }
}
