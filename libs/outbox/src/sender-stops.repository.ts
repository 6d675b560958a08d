import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { SenderState, SenderStop } from './sender-stop';

const STOP = `sender, stopped_at AS "stoppedAt", code, reason`;

@Injectable()
export class SenderStopsRepository {
  /**
   * Stops senders; those that were not stopped already. What a message that was sent before the last resumption has to say is
   * old news: the trouble that staff have mended would stop the sender again and again.
   */
  async stop(
    tx: Tx,
    senders: readonly string[],
    { code, reason }: Pick<SenderStop, 'code' | 'reason'>,
    messageId: string,
  ): Promise<string[]> {
    const rows = await queryRows<{ sender: string }>(
      tx,
      `INSERT INTO sender_stops (sender, code, reason)
       SELECT sender, $2, $3 FROM unnest($1::text[]) AS sender ORDER BY sender
       ON CONFLICT (sender) DO UPDATE
         SET stopped_at = now(), code = excluded.code, reason = excluded.reason, resumed_at = NULL
         WHERE sender_stops.resumed_at < (SELECT claimed_at FROM outbox_messages WHERE id = $4)
       RETURNING sender`,
      [senders, code, reason, messageId],
    );
    return rows.map(({ sender }) => sender);
  }

  /** The stop that was in force; undefined when there was none. */
  async resume(tx: Tx, sender: string): Promise<SenderStop | undefined> {
    const [row] = await queryRows<SenderStop>(
      tx,
      `UPDATE sender_stops SET resumed_at = clock_timestamp() WHERE sender = $1 AND resumed_at IS NULL RETURNING ${STOP}`,
      [sender],
    );
    return row;
  }

  /** Every sender that was ever stopped, by its address. */
  all(tx: Tx): Promise<SenderState[]> {
    return queryRows<SenderState>(
      tx,
      `SELECT ${STOP}, resumed_at AS "resumedAt" FROM sender_stops ORDER BY sender`,
    );
  }

  inForce(tx: Tx): Promise<SenderStop[]> {
    return queryRows<SenderStop>(
      tx,
      `SELECT ${STOP} FROM sender_stops WHERE resumed_at IS NULL ORDER BY sender`,
    );
  }

  /** How much each sender has in the queue. */
  async waiting(tx: Tx): Promise<Map<string, number>> {
    const rows = await queryRows<{ sender: string; waiting: number }>(
      tx,
      `SELECT sender, count(*)::int AS waiting FROM outbox_messages WHERE status = 'queued' GROUP BY sender`,
    );
    return new Map(rows.map(({ sender, waiting }) => [sender, waiting]));
  }
}
