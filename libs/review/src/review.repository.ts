import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { Misheard, ReviewEntry, ReviewKind, ReviewStatus } from './domain/review-entry';

const ENTRY = `id, kind, text, language, meaning, seen, first_at AS "firstAt", last_at AS "lastAt", status, expected`;

@Injectable()
export class ReviewRepository {
  /** Counts what is open already. In the order of texts: two of these at once can't wait for each other. */
  async note(tx: Tx, misheard: readonly Misheard[]): Promise<void> {
    await queryRows(
      tx,
      `INSERT INTO review_entries (kind, text, language, meaning, seen)
       SELECT kind, text, min(language), (array_agg(meaning))[1], count(*)
         FROM json_to_recordset($1) AS m (kind text, text text, language text, meaning jsonb)
        GROUP BY kind, text ORDER BY kind, text
       ON CONFLICT (kind, text) WHERE status = 'open'
       DO UPDATE SET seen = review_entries.seen + excluded.seen, last_at = now()`,
      [JSON.stringify(misheard)],
    );
  }

  async page(
    tx: Tx,
    filter: { before: string | null; status: ReviewStatus | null; kind: ReviewKind | null; limit: number },
  ): Promise<ReviewEntry[]> {
    return queryRows<ReviewEntry>(
      tx,
      `SELECT ${ENTRY} FROM review_entries
        WHERE ($1::bigint IS NULL OR id < $1) AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR kind = $3)
        ORDER BY id DESC LIMIT $4`,
      [filter.before, filter.status, filter.kind, filter.limit],
    );
  }

  /** Locked until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<ReviewEntry | undefined> {
    const [entry] = await queryRows<ReviewEntry>(
      tx,
      `SELECT ${ENTRY} FROM review_entries WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return entry;
  }

  async settle(
    tx: Tx,
    id: string,
    status: Exclude<ReviewStatus, 'open'>,
    expected: object | null,
  ): Promise<ReviewEntry> {
    const [entry] = await queryRows<ReviewEntry>(
      tx,
      `UPDATE review_entries SET status = $2, expected = $3::jsonb WHERE id = $1 RETURNING ${ENTRY}`,
      [id, status, expected && JSON.stringify(expected)],
    );
    if (!entry) {
      throw new Error(`review entry ${id} is gone while it is locked`);
    }
    return entry;
  }
}
