import { Injectable } from '@nestjs/common';
import { Database, queryRows } from '@app/database';

/** A message of ours that Twilio accepted and of which nothing final was heard. */
export interface HangingMessage {
  id: string;
  sid: string;
  acceptedAt: string;
}

/** What we have, to be compared with what Twilio has. */
@Injectable()
export class ComparedRepository {
  constructor(private readonly database: Database) {}

  /** Which of these SIDs we have ever stored. */
  async known(sids: readonly string[]): Promise<Set<string>> {
    const rows = await queryRows<{ sid: string }>(
      this.database.pool,
      'SELECT sid FROM message_sids WHERE sid = ANY($1)',
      [sids],
    );
    return new Set(rows.map(({ sid }) => sid));
  }

  /** Accepted after `reached` and at least `ageMs` ago, oldest first; all of the last one's time, so that none is skipped. */
  hanging(sender: string, reached: string, ageMs: number, most: number): Promise<HangingMessage[]> {
    return queryRows<HangingMessage>(
      this.database.pool,
      `SELECT id, sid, accepted_at::text AS "acceptedAt" FROM outbox_messages
       WHERE status IN ('accepted', 'sent') AND sid IS NOT NULL AND sender = $4
         AND accepted_at > $1::timestamptz AND accepted_at <= now() - $2 * interval '1 millisecond'
       ORDER BY accepted_at FETCH FIRST $3 ROWS WITH TIES`,
      [reached, ageMs, most, sender],
    );
  }
}
