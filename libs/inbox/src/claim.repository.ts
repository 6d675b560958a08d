import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { InboundContent } from '@app/messaging';
import type { Claimed, InboxMessage, WaitingTurn } from './mail';

/**
 * How long an attempt counts as running before its transaction has begun; then it holds the row's lock. With the sweeper's
 * period it bounds how long mail of a killed worker waits.
 */
const LEASE = `interval '1 second'`;

/** Messages of one turn. A message that was tried before is taken alone: it may be the one that fails its turn. */
const LONGEST_TURN = 10;

interface Row {
  kind: 'taken' | 'busy' | 'suspect';
  id: string;
  sid: string;
  sender: string;
  address: string;
  external_id: string | null;
  profile_name: string;
  content: InboundContent;
  correlation_id: string;
  attempts: number;
  received_at: Date;
  waited: boolean;
  replays: number;
}

/** Who works on which waiting mail. */
@Injectable()
export class ClaimRepository {
  /**
   * Takes what waits in the conversations of these rows, and counts an attempt on all that is taken; committed before the
   * work, so that work which kills the process is counted too. The lock on a conversation's oldest message decides between
   * two claims, and tells a worker that is slow (it holds that lock) from one that is gone. A message that was tried before
   * is not taken beside other conversations: it would take them with it into death, each time.
   *
   * A message that is put off holds up the ones behind it: order comes before speed. Only a fragment that waits for the
   * rest of its burst (a second at most) waits no longer when the next message is there.
   */
  async claim(tx: Tx, inboxIds: readonly string[]): Promise<Claimed> {
    const rows = await queryRows<Row>(
      tx,
      `WITH head AS MATERIALIZED (
         SELECT oldest.*
         FROM (SELECT DISTINCT sender, address FROM inbox_messages WHERE id = ANY($1::bigint[])) AS key
         CROSS JOIN LATERAL (
           SELECT id, attempts, not_before, leased_until FROM inbox_messages
           WHERE sender = key.sender AND address = key.address AND status = 'pending' ORDER BY id LIMIT 1) AS oldest
       ), many AS (
         SELECT count(*) > 1 AS conversations FROM head
       ), due AS MATERIALIZED (
         SELECT m.id, m.sender, m.address, m.attempts
         FROM many CROSS JOIN head JOIN inbox_messages AS m ON m.id = head.id
         WHERE NOT (many.conversations AND m.attempts > 0)
           AND m.status = 'pending' AND (m.leased_until IS NULL OR m.leased_until < clock_timestamp())
           AND (m.not_before <= clock_timestamp()
             OR m.attempts = 0 AND m.not_before <= m.received_at + interval '2 seconds'
               AND EXISTS (SELECT FROM inbox_messages AS later
                           WHERE later.sender = m.sender AND later.address = m.address AND later.status = 'pending'
                             AND later.id > m.id))
         FOR NO KEY UPDATE OF m SKIP LOCKED
       ), taken AS (
         UPDATE inbox_messages AS m
         SET attempts = m.attempts + 1, leased_until = clock_timestamp() + ${LEASE}
         FROM due CROSS JOIN LATERAL (
           SELECT id FROM inbox_messages
           WHERE sender = due.sender AND address = due.address AND status = 'pending' AND id >= due.id
           ORDER BY id LIMIT CASE WHEN due.attempts = 0 THEN ${LONGEST_TURN} ELSE 1 END) AS turn
         WHERE m.id = turn.id AND m.status = 'pending'
         RETURNING m.*
       )
       SELECT 'taken' AS kind, id, sid, sender, address, external_id, profile_name, content, correlation_id, attempts,
              received_at, not_before > received_at AS waited, replays
       FROM taken
       UNION ALL
       SELECT CASE WHEN many.conversations AND attempts > 0 AND leased_until > clock_timestamp() IS NOT TRUE
                   THEN 'suspect' ELSE 'busy' END,
              id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
       FROM many CROSS JOIN head
       WHERE (not_before <= clock_timestamp() OR leased_until > clock_timestamp())
         AND NOT EXISTS (SELECT FROM due WHERE due.id = head.id)`,
      [inboxIds],
    );
    const of = (wanted: Row['kind']): Row[] => rows.filter(({ kind }) => kind === wanted);
    return {
      turns: turnsOf(of('taken').map(toMessage)),
      busy: of('busy').map(({ id }) => id),
      suspect: of('suspect').map(({ id }) => id),
    };
  }

  /**
   * Tells whoever has this oldest message that more has come: they look again when they are done with it. Waits while they
   * hold its lock. False when nobody has it any more: then it is the caller who looks.
   */
  async ringAgain(tx: Tx, id: string): Promise<boolean> {
    const [row] = await queryRows<{ taken: boolean }>(
      tx,
      `UPDATE inbox_messages SET rung_again = true
       WHERE id = $1 AND status = 'pending' RETURNING coalesce(leased_until > clock_timestamp(), false) AS taken`,
      [id],
    );
    return row?.taken ?? false;
  }

  /** Lets these attempts count as running for longer. Whose transaction runs is left out: it holds the row's lock. */
  async renew(tx: Tx, heads: readonly InboxMessage[]): Promise<void> {
    await tx.query(
      `UPDATE inbox_messages SET leased_until = clock_timestamp() + ${LEASE}
       WHERE id IN (SELECT m.id FROM unnest($1::bigint[], $2::int[]) AS taken (id, attempts) JOIN inbox_messages AS m USING (id)
                    WHERE m.status = 'pending' AND m.attempts = taken.attempts AND m.leased_until IS NOT NULL
                    FOR NO KEY UPDATE OF m SKIP LOCKED)`,
      [heads.map(({ id }) => id), heads.map(({ attempts }) => attempts)],
    );
  }

  /** Gives back what was taken: as if it had not been tried, but for `charged`, which keep their attempt. */
  async release(tx: Tx, messages: readonly InboxMessage[], charged: readonly InboxMessage[]): Promise<void> {
    await tx.query(
      `UPDATE inbox_messages AS m
       SET attempts = taken.attempts - (m.id <> ALL($3::bigint[]))::int, leased_until = NULL
       FROM unnest($1::bigint[], $2::int[]) AS taken (id, attempts)
       WHERE m.id = taken.id AND m.attempts = taken.attempts AND m.status = 'pending'`,
      [messages.map(({ id }) => id), messages.map(({ attempts }) => attempts), charged.map(({ id }) => id)],
    );
  }
}

function toMessage(row: Row): InboxMessage {
  return {
    id: row.id,
    sid: row.sid,
    sender: row.sender,
    address: row.address,
    externalId: row.external_id,
    profileName: row.profile_name,
    content: row.content,
    correlationId: row.correlation_id,
    attempts: row.attempts,
    receivedAt: row.received_at,
    waited: row.waited,
    replays: row.replays,
  };
}

function turnsOf(messages: readonly InboxMessage[]): WaitingTurn[] {
  const byConversation = new Map<string, InboxMessage[]>();
  for (const message of [...messages].sort((a, b) => Number(a.id) - Number(b.id))) {
    const key = `${message.sender} ${message.address}`;
    const earlier = byConversation.get(key);
    if (earlier) {
      earlier.push(message);
    } else {
      byConversation.set(key, [message]);
    }
  }
  return [...byConversation.values()].map((turn) => ({
    messages: turn as [InboxMessage, ...InboxMessage[]],
    full: turn.length === LONGEST_TURN || (turn[0]?.attempts ?? 0) > 1,
  }));
}
