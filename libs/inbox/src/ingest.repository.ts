import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { INGEST_POOL, isRefusedRow } from '@app/database';
import type { ArrivedMessage, ArrivedWebhook } from './mail';

/**
 * One statement for a group, which is one JSON text in the order of arrival. Ids are drawn in that order, because they are
 * the order within a conversation; SIDs are inserted in their own order, so that two processes with the same SIDs wait for each
 * other and never in a circle. A webhook tells more than a list or an event: what came by these is completed by it, as long as
 * nobody has begun to answer. The age, not the time, because the clock of the database decides what is due.
 */
const INSERT_GROUP = `
  WITH numbered AS MATERIALIZED (
    SELECT arrived.*, nextval('message_ids') AS id
    FROM json_to_recordset($1) AS arrived
      (sid text, address text, sender text, "externalId" text, "profileName" text, content jsonb, params jsonb,
       "correlationId" text, source text, "ageMs" float8)
  ), fresh AS (
    INSERT INTO message_sids (sid, direction, message_id)
    SELECT sid, 'inbound', id FROM numbered ORDER BY sid, id
    ON CONFLICT (sid) DO NOTHING
    RETURNING message_id AS id
  ), completed AS (
    UPDATE inbox_messages AS partial
    SET content = whole.content, params = whole.params, external_id = whole."externalId",
        profile_name = whole."profileName"
    FROM numbered AS whole JOIN message_sids USING (sid)
    WHERE partial.id = message_id AND whole.source IN ('webhook', 'fallback')
      AND partial.source IN ('events', 'reconcile') AND partial.status = 'pending' AND partial.attempts = 0
  )
  INSERT INTO inbox_messages
    (id, sid, address, sender, external_id, profile_name, content, params, correlation_id, source, received_at)
  SELECT id, sid, address, sender, "externalId", "profileName", content, params, "correlationId", source,
         now() - "ageMs" * interval '1 millisecond'
  FROM numbered JOIN fresh USING (id)
  RETURNING id, sid`;

/** A journal that is replayed twice tells the same thing with the same time of arrival. */
const INSERT_QUARANTINED = `
  INSERT INTO inbox_quarantine (reason, params, received_at)
  SELECT $1, $2, $3
  WHERE NOT EXISTS (SELECT FROM inbox_quarantine WHERE received_at = $3 AND reason = $1 AND params = $2)`;

/** Writes webhooks on their own pool: one statement, one commit. */
@Injectable()
export class IngestRepository {
  constructor(@Inject(INGEST_POOL) private readonly pool: Pool) {}

  /** Id of the new row, by SID. A SID that is known already, or that came earlier in the group, makes no row. */
  async insert(group: readonly ArrivedMessage[]): Promise<ReadonlyMap<string, string>> {
    const now = Date.now();
    // Field by field: spreading was a fiftieth of a webhook.
    const arrived = group.map(({ message, params, correlationId, source, receivedAt }) => ({
      sid: message.sid,
      address: message.address,
      sender: message.sender,
      externalId: message.externalId,
      profileName: message.profileName,
      content: message.content,
      params,
      correlationId,
      source,
      ageMs: Math.max(0, now - receivedAt),
    }));
    const { rows } = await this.pool.query<{ id: string; sid: string }>(INSERT_GROUP, [
      JSON.stringify(arrived),
    ]);
    return new Map(rows.map(({ sid, id }) => [sid, id]));
  }

  /** Takes everything: what jsonb cannot hold is kept as text in it. */
  async quarantine({ reason, params, receivedAt }: ArrivedWebhook): Promise<void> {
    const keep = (kept: object): Promise<unknown> =>
      this.pool.query(INSERT_QUARANTINED, [reason, JSON.stringify(kept), new Date(receivedAt)]);
    try {
      await keep(params);
    } catch (error) {
      if (!isRefusedRow(error)) {
        throw error;
      }
      await keep({ unreadable: JSON.stringify(params) });
    }
  }

  /** @throws Error while PostgreSQL does not answer */
  async ping(): Promise<void> {
    await this.pool.query('SELECT 1');
  }
}
