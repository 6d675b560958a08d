import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { OutboundContent } from '@app/messaging';
import { isStopped } from '@app/outbox';

/** A message that WhatsApp did not bring, to a shopper who agreed to an SMS. */
export interface UnreachedMessage {
  id: string;
  conversationId: string;
  body: string;
  content: OutboundContent | null;
}

/** An SMS on its way to the outbox. */
export interface SmsDraft {
  insteadOf: string;
  body: string;
  segments: number;
}

/** An SMS in the queue. */
export interface WrittenSms {
  id: string;
  conversationId: string;
  correlationId: string;
}

/** News of yesterday is none. */
const FRESH = `interval '24 hours'`;

/** Until Twilio knows the price. */
const FIRST_ASKED_AFTER = `interval '1 minute'`;

@Injectable()
export class SmsFallbackRepository {
  /**
   * News of orders and what staff wrote (an answer never: whoever asks on WhatsApp has it) whose recipient has no WhatsApp
   * (63003, 63024), or that stayed undelivered for too long, oldest first. Each half
   * has an index of its own. News of orders wait for the end of their sender's quiet hours; what staff write does not, as on
   * WhatsApp.
   */
  due(
    tx: Tx,
    sender: string,
    quietSenders: readonly string[],
    undeliveredMinutes: number,
    most: number,
  ): Promise<UnreachedMessage[]> {
    return queryRows<UnreachedMessage>(
      tx,
      `SELECT id, conversation_id AS "conversationId", body, content
       FROM (SELECT * FROM outbox_messages
             WHERE status IN ('failed', 'undelivered') AND error_code IN (63003, 63024) AND topic IN ('order', 'staff')
               AND created_at > now() - ${FRESH}
             UNION ALL
             SELECT * FROM outbox_messages
             WHERE status IN ('accepted', 'sent') AND topic IN ('order', 'staff')
               AND accepted_at > now() - ${FRESH} AND accepted_at < now() - $3 * interval '1 minute') AS m
       WHERE (topic = 'staff' OR sender <> ALL($2)) AND address LIKE 'whatsapp:+%' AND NOT ${isStopped('$1')}
         AND NOT EXISTS (SELECT FROM outbox_messages AS sms WHERE sms.instead_of = m.id)
         AND consent_refusal(conversation_id, topic || '_sms') IS NULL
       ORDER BY id LIMIT $4`,
      [sender, quietSenders, undeliveredMinutes, most],
    );
  }

  /**
   * Queues SMS, each beside its cost, in the conversation and lane of the message that it says; the constraint decides who
   * does when several want to. What was delivered meanwhile needs none. Returns what was queued.
   */
  write(tx: Tx, sender: string, drafts: readonly SmsDraft[]): Promise<WrittenSms[]> {
    return queryRows(
      tx,
      `WITH written AS (
         INSERT INTO outbox_messages
           (conversation_id, sender, address, lane, topic, body, in_reply_to, correlation_id, status, instead_of)
         SELECT m.conversation_id, $1, replace(m.address, 'whatsapp:', ''), m.lane, m.topic || '_sms', draft.body,
                m.in_reply_to, m.correlation_id, 'queued', m.id
         FROM json_to_recordset($2) AS draft ("insteadOf" bigint, body text) JOIN outbox_messages AS m ON m.id = "insteadOf"
         WHERE m.status NOT IN ('delivered', 'read')
         ORDER BY m.id
         ON CONFLICT (instead_of) WHERE instead_of IS NOT NULL DO NOTHING
         RETURNING id, conversation_id, instead_of, correlation_id
       ), costs AS (
         INSERT INTO sms_costs (message_id, conversation_id, segments, ask_at)
         SELECT id, conversation_id, segments, now() + ${FIRST_ASKED_AFTER}
         FROM written JOIN json_to_recordset($2) AS draft ("insteadOf" bigint, segments int) ON "insteadOf" = instead_of
       )
       SELECT id, conversation_id AS "conversationId", correlation_id AS "correlationId" FROM written`,
      [sender, JSON.stringify(drafts)],
    );
  }
}
