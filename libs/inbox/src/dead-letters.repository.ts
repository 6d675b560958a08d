import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { DeadLetter, DeadLetterStatus } from './dead-letter';
import type { MailboxState } from './mail';

/** The predicate of the index `inbox_messages_dead_letters`. */
const GIVEN_UP = `letter.status IN ('dead', 'discarded')`;

const COLUMNS = `letter.id, letter.sid, letter.source, letter.address, letter.sender, letter.status, letter.attempts,
  letter.replays, letter.last_error AS "lastError", letter.correlation_id AS "correlationId",
  letter.received_at AS "receivedAt", CASE WHEN ${GIVEN_UP} THEN letter.processed_at END AS "diedAt",
  EXISTS (SELECT FROM inbox_messages later WHERE later.address = letter.address
            AND later.sender = letter.sender AND later.id > letter.id) AS "writtenSince"`;

@Injectable()
export class DeadLettersRepository {
  /** Newest first, older than `before`. */
  page(
    tx: Tx,
    { before, status, limit }: { before: string | null; status: DeadLetterStatus | null; limit: number },
  ): Promise<DeadLetter[]> {
    return queryRows<DeadLetter>(
      tx,
      `SELECT ${COLUMNS} FROM inbox_messages letter
       WHERE ${GIVEN_UP} AND ($1::bigint IS NULL OR letter.id < $1) AND ($2::text IS NULL OR letter.status = $2)
       ORDER BY letter.id DESC LIMIT $3`,
      [before, status, limit],
    );
  }

  /** Also one that was replayed and is dead no longer. */
  async find(tx: Tx, id: string): Promise<DeadLetter | undefined> {
    const [letter] = await queryRows<DeadLetter>(
      tx,
      `SELECT ${COLUMNS} FROM inbox_messages letter WHERE letter.id = $1 AND (${GIVEN_UP} OR letter.replays > 0)`,
      [id],
    );
    return letter;
  }

  /** The letter, pending again with all its attempts; undefined when it is not dead. */
  async replay(tx: Tx, id: string): Promise<DeadLetter | undefined> {
    const [letter] = await queryRows<DeadLetter>(
      tx,
      `UPDATE inbox_messages letter
       SET status = 'pending', attempts = 0, replays = replays + 1, leased_until = NULL, not_before = now(),
           processed_at = NULL
       WHERE letter.id = $1 AND letter.status = 'dead' RETURNING ${COLUMNS}`,
      [id],
    );
    return letter;
  }

  /** The letter, put away; undefined when it is not dead. */
  async discard(tx: Tx, id: string): Promise<DeadLetter | undefined> {
    const [letter] = await queryRows<DeadLetter>(
      tx,
      `UPDATE inbox_messages letter SET status = 'discarded'
       WHERE letter.id = $1 AND letter.status = 'dead' RETURNING ${COLUMNS}`,
      [id],
    );
    return letter;
  }

  async state(tx: Tx): Promise<MailboxState> {
    const [row] = await queryRows<MailboxState>(
      tx,
      `SELECT count(*)::int AS pending,
              coalesce(extract(epoch FROM now() - min(letter.processed_at)), 0)::float8 AS "oldestSeconds"
       FROM inbox_messages letter WHERE ${GIVEN_UP} AND letter.status = 'dead'`,
    );
    return row ?? { pending: 0, oldestSeconds: 0 };
  }
}
