import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { InboundContent } from '@app/messaging';
import type { ConversationKey, InboxMessage, MailboxState, StoredInbound } from './mail';

/** How long an attempt counts as running: a second worker that is rung meanwhile does not count another one. */
const LEASE = `interval '1 second'`;

interface Row {
  id: string;
  sid: string;
  external_id: string | null;
  profile_name: string;
  content: InboundContent;
  correlation_id: string;
  attempts: number;
  received_at: Date;
}

@Injectable()
export class InboxRepository {
  /**
   * Takes what waits in the conversation of `inboxId`, and counts an attempt on its oldest message; committed before the
   * work, so that work which kills the process is counted too. What only waits behind that message is not counted: it was
   * not tried. Undefined when nothing is due or another worker has it.
   */
  async claim(tx: Tx, inboxId: string): Promise<ConversationKey | undefined> {
    const [key] = await queryRows<ConversationKey>(
      tx,
      `UPDATE inbox_messages AS waiting
       SET attempts = waiting.attempts + (waiting.id = head.id)::int, leased_until = now() + ${LEASE}
       FROM (SELECT oldest.id, oldest.sender, oldest.address, oldest.not_before
             FROM inbox_messages woken JOIN inbox_messages oldest USING (sender, address)
             WHERE woken.id = $1 AND oldest.status = 'pending' ORDER BY oldest.id LIMIT 1) AS head
       WHERE head.not_before <= now() AND waiting.sender = head.sender AND waiting.address = head.address
         AND waiting.status = 'pending' AND (waiting.leased_until IS NULL OR waiting.leased_until < now())
       RETURNING waiting.sender, waiting.address`,
      [inboxId],
    );
    return key;
  }

  /**
   * The oldest waiting message of a conversation that the caller has locked, processed if the transaction commits, and
   * whether more wait behind it. A message that backs off holds up the ones behind it: order comes before speed. The row is
   * locked too, because the first message of a new shopper has no conversation yet that could be.
   */
  async take(
    tx: Tx,
    { sender, address }: ConversationKey,
  ): Promise<{ message: InboxMessage; more: boolean } | undefined> {
    const [row] = await queryRows<Row & { more: boolean }>(
      tx,
      `UPDATE inbox_messages head SET status = 'processed', processed_at = now(), last_error = NULL
       WHERE id = (SELECT id FROM inbox_messages WHERE sender = $1 AND address = $2 AND status = 'pending'
                   ORDER BY id LIMIT 1 FOR NO KEY UPDATE)
         AND not_before <= now()
       RETURNING id, sid, external_id, profile_name, content, correlation_id, attempts, received_at,
         EXISTS (SELECT FROM inbox_messages later WHERE later.sender = $1 AND later.address = $2
                   AND later.status = 'pending' AND later.id > head.id) AS more`,
      [sender, address],
    );
    if (!row) {
      return undefined;
    }
    return {
      message: {
        id: row.id,
        sid: row.sid,
        sender,
        address,
        externalId: row.external_id,
        profileName: row.profile_name,
        content: row.content,
        correlationId: row.correlation_id,
        attempts: row.attempts,
        receivedAt: row.received_at,
      },
      more: row.more,
    };
  }

  async postpone(tx: Tx, id: string, delayMs: number, error: string): Promise<void> {
    await tx.query(
      `UPDATE inbox_messages SET not_before = now() + $2 * interval '1 millisecond', leased_until = NULL, last_error = $3
       WHERE id = $1 AND status = 'pending'`,
      [id, delayMs, error],
    );
  }

  async bury(tx: Tx, id: string, error: string): Promise<void> {
    await tx.query(
      `UPDATE inbox_messages SET status = 'dead', processed_at = now(), last_error = $2 WHERE id = $1 AND status = 'pending'`,
      [id, error],
    );
  }

  /** One row per conversation whose hint was lost, oldest first. */
  async stranded(tx: Tx, olderThanMs: number, limit: number): Promise<string[]> {
    const rows = await queryRows<{ id: string }>(
      tx,
      `SELECT id FROM (SELECT DISTINCT ON (sender, address) id, received_at, not_before, leased_until
                       FROM inbox_messages WHERE status = 'pending' ORDER BY sender, address, id) AS head
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
