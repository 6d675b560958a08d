import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { ClaimedMedia, Media } from './domain/media';

const COLUMNS = `id, message_sid AS "messageSid", place, status, declared_type AS "declaredType",
  content_type AS "contentType", bytes::float8 AS bytes, sha256, error, created_at AS "createdAt", stored_at AS "storedAt"`;

/** The claim that an attempt holds; without it, what it found changes nothing. */
const MINE = `id = $1 AND attempts = $2 AND status = 'pending'`;

@Injectable()
export class MediaRepository {
  /** Gives every file of processed messages its row, once, whoever else does the same. */
  async note(tx: Tx, limit: number): Promise<void> {
    await queryRows(
      tx,
      `WITH found AS (
         SELECT id, sid, content FROM inbox_messages
         WHERE content ->> 'type' = 'media' AND NOT media_noted AND status <> 'pending'
         ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED),
       added AS (
         INSERT INTO media (message_sid, place, source_url, declared_type)
         SELECT found.sid, item.ordinality - 1, item.value ->> 'url', coalesce(item.value ->> 'contentType', '')
         FROM found CROSS JOIN jsonb_array_elements(found.content -> 'media') WITH ORDINALITY AS item
         WHERE item.value ->> 'url' IS NOT NULL
         ON CONFLICT (message_sid, place) DO NOTHING)
       UPDATE inbox_messages message SET media_noted = true FROM found WHERE message.id = found.id`,
      [limit],
    );
  }

  async isDue(tx: Tx): Promise<boolean> {
    const [row] = await queryRows<{ due: boolean }>(
      tx,
      `SELECT EXISTS (SELECT FROM media WHERE status = 'pending' AND not_before <= now()) AS due`,
    );
    return row?.due ?? false;
  }

  /** The file that waits longest; it comes due again when the lease ends. */
  async claim(tx: Tx, leaseMs: number): Promise<ClaimedMedia | undefined> {
    const [claimed] = await queryRows<ClaimedMedia>(
      tx,
      `UPDATE media SET attempts = attempts + 1, not_before = now() + $1 * interval '1 millisecond'
       WHERE id = (SELECT id FROM media WHERE status = 'pending' AND not_before <= now()
                   ORDER BY not_before LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, message_sid AS "messageSid",
         coalesce((SELECT message.sender FROM message_sids AS known JOIN inbox_messages AS message ON message.id = known.message_id
                   WHERE known.sid = media.message_sid), '') AS sender,
         source_url AS "sourceUrl", declared_type AS "declaredType",
         attempts AS attempt`,
      [leaseMs],
    );
    return claimed;
  }

  /** Before the file is put in its place. False when the claim is lost. */
  intend(tx: Tx, { id, attempt }: ClaimedMedia, sha256: string): Promise<boolean> {
    return this.changes(tx, `UPDATE media SET sha256 = $3 WHERE ${MINE} RETURNING id`, [id, attempt, sha256]);
  }

  /** False when the claim is lost. */
  keep(
    tx: Tx,
    { id, attempt }: ClaimedMedia,
    file: { sha256: string; bytes: number; contentType: string },
  ): Promise<boolean> {
    return this.changes(
      tx,
      `UPDATE media SET status = 'stored', sha256 = $3, bytes = $4, content_type = $5, stored_at = now(), error = NULL
       WHERE ${MINE} RETURNING id`,
      [id, attempt, file.sha256, file.bytes, file.contentType],
    );
  }

  async putOff(tx: Tx, { id, attempt }: ClaimedMedia, error: string, waitMs: number): Promise<void> {
    await queryRows(
      tx,
      `UPDATE media SET error = $3, not_before = now() + $4 * interval '1 millisecond' WHERE ${MINE}`,
      [id, attempt, error, waitMs],
    );
  }

  async fail(tx: Tx, { id, attempt }: ClaimedMedia, error: string): Promise<void> {
    await queryRows(tx, `UPDATE media SET status = 'failed', error = $3 WHERE ${MINE}`, [id, attempt, error]);
  }

  ofMessage(tx: Tx, messageSid: string): Promise<Media[]> {
    return queryRows<Media>(tx, `SELECT ${COLUMNS} FROM media WHERE message_sid = $1 ORDER BY place`, [
      messageSid,
    ]);
  }

  async find(tx: Tx, id: string): Promise<Media | undefined> {
    const [media] = await queryRows<Media>(tx, `SELECT ${COLUMNS} FROM media WHERE id = $1`, [id]);
    return media;
  }

  async lock(tx: Tx, id: string): Promise<Media | undefined> {
    const [media] = await queryRows<Media>(tx, `SELECT ${COLUMNS} FROM media WHERE id = $1 FOR UPDATE`, [id]);
    return media;
  }

  /** The bytes go afterwards: see {@link unpurged}. */
  async markDeleted(tx: Tx, id: string): Promise<void> {
    await queryRows(tx, `UPDATE media SET status = 'deleted', deleted_at = now() WHERE id = $1`, [id]);
  }

  /** Hashes of files that may still lie in the store for rows that want them no longer. */
  async unpurged(tx: Tx, limit: number): Promise<string[]> {
    const rows = await queryRows<{ sha256: string }>(
      tx,
      `SELECT DISTINCT sha256 FROM media
       WHERE status IN ('failed', 'deleted') AND sha256 IS NOT NULL LIMIT $1`,
      [limit],
    );
    return rows.map(({ sha256 }) => sha256);
  }

  /** Until the commit nobody else keeps or removes the file of this hash. */
  async lockFile(tx: Tx, sha256: string): Promise<void> {
    await queryRows(tx, `SELECT pg_advisory_xact_lock(hashtextextended('media ' || $1, 0))`, [sha256]);
  }

  async isWanted(tx: Tx, sha256: string): Promise<boolean> {
    const [row] = await queryRows<{ wanted: boolean }>(
      tx,
      `SELECT EXISTS (SELECT FROM media WHERE status = 'stored' AND sha256 = $1) AS wanted`,
      [sha256],
    );
    return row?.wanted ?? false;
  }

  async markPurged(tx: Tx, sha256: string): Promise<void> {
    await queryRows(
      tx,
      `UPDATE media SET sha256 = NULL WHERE sha256 = $1 AND status IN ('failed', 'deleted')`,
      [sha256],
    );
  }

  /** Of files, not of rows: the same bytes are kept once. */
  async storedBytes(tx: Tx): Promise<number> {
    const [row] = await queryRows<{ bytes: number }>(
      tx,
      `SELECT coalesce(sum(bytes), 0)::float8 AS bytes
       FROM (SELECT DISTINCT sha256, bytes FROM media WHERE status = 'stored') AS files`,
    );
    return row?.bytes ?? 0;
  }

  private async changes(tx: Tx, sql: string, parameters: readonly unknown[]): Promise<boolean> {
    return (await queryRows(tx, sql, parameters)).length > 0;
  }
}
