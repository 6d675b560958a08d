import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { MailboxState, StoredInbound } from './mail';

@Injectable()
export class InboxRepository {
  /**
   * One row per conversation whose hint was lost, oldest first. The index is walked from one conversation's first row to the
   * next one's, so that the cost is that of the conversations, however much each has waiting.
   */
  async stranded(tx: Tx, olderThanMs: number, limit: number): Promise<string[]> {
    const rows = await queryRows<{ id: string }>(
      tx,
      `WITH RECURSIVE head AS (
         (SELECT id, sender, address, received_at, not_before, leased_until FROM inbox_messages
          WHERE status = 'pending' ORDER BY sender, address, id LIMIT 1)
         UNION ALL
         SELECT following.* FROM head CROSS JOIN LATERAL (
           SELECT id, sender, address, received_at, not_before, leased_until FROM inbox_messages
           WHERE status = 'pending' AND (sender, address) > (head.sender, head.address)
           ORDER BY sender, address, id LIMIT 1) AS following
       )
       SELECT id FROM head
       WHERE received_at < now() - $1 * interval '1 millisecond'
         AND not_before <= now() AND (leased_until IS NULL OR leased_until < now())
       ORDER BY id LIMIT $2`,
      [olderThanMs, limit],
    );
    return rows.map(({ id }) => id);
  }

  async find(tx: Tx, idOrSid: string): Promise<StoredInbound | undefined> {
    const [row] = await queryRows<StoredInbound>(
      tx,
      `SELECT id, sid, address, sender, coalesce(content->>'text', content->>'label', '') AS text, status,
              received_at AS "receivedAt", processed_at AS "processedAt"
       FROM inbox_messages
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
              coalesce(extract(epoch FROM now() - min(received_at)), 0)::float8 AS "oldestSeconds"
       FROM inbox_messages WHERE status = 'pending'`,
    );
    return row ?? { pending: 0, oldestSeconds: 0 };
  }
}
