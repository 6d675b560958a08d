import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { MessagePrice } from '@app/messaging';

/** What one SMS costs, as far as it is known. */
export interface SmsCost {
  /** As it was billed by, counted when it was written. */
  segments: number;
  /** Decimal, in the currency; null until Twilio tells. */
  amount: string | null;
  /** ISO 4217. */
  currency: string | null;
}

/** All SMS of a conversation as one line. */
export interface SmsCostLine extends SmsCost {
  messages: number;
}

/** An SMS whose price nobody knows yet. */
export interface UnpricedSms {
  id: string;
  sender: string;
  /** Null until Twilio has taken it. */
  sid: string | null;
}

@Injectable()
export class SmsCostsRepository {
  /** Takes SMS whose price is due to be asked for; the older they are, the longer until they are asked for again. */
  unpriced(tx: Tx, most: number): Promise<UnpricedSms[]> {
    return queryRows<UnpricedSms>(
      tx,
      `UPDATE sms_costs AS c SET ask_at = now() + greatest(now() - m.created_at, interval '1 minute')
       FROM outbox_messages AS m
       WHERE m.id = c.message_id AND c.message_id IN (
         SELECT message_id FROM sms_costs WHERE amount IS NULL AND ask_at <= now()
         ORDER BY ask_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED)
       RETURNING m.id, m.sender, m.sid`,
      [most],
    );
  }

  async setPrice(tx: Tx, messageId: string, { amount, currency }: MessagePrice): Promise<void> {
    await tx.query('UPDATE sms_costs SET amount = $2, currency = $3 WHERE message_id = $1', [
      messageId,
      amount,
      currency,
    ]);
  }

  async ofMessage(tx: Tx, messageId: string): Promise<SmsCost | undefined> {
    const [row] = await queryRows<SmsCost>(
      tx,
      'SELECT segments, trim_scale(amount)::text AS amount, currency FROM sms_costs WHERE message_id = $1',
      [messageId],
    );
    return row;
  }

  /** The account is billed in one currency; where it changed, the line is in the newest. */
  async ofConversation(tx: Tx, conversationId: string): Promise<SmsCostLine> {
    const [row] = await queryRows<SmsCostLine>(
      tx,
      `WITH cost AS (SELECT * FROM sms_costs WHERE conversation_id = $1),
         newest AS (SELECT currency FROM cost WHERE currency IS NOT NULL ORDER BY message_id DESC LIMIT 1)
       SELECT count(*)::int AS messages, coalesce(sum(segments), 0)::int AS segments,
              trim_scale(sum(amount) FILTER (WHERE currency = (TABLE newest)))::text AS amount, (TABLE newest) AS currency
       FROM cost`,
      [conversationId],
    );
    return row ?? { messages: 0, segments: 0, amount: null, currency: null };
  }
}
