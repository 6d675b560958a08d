import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { INGEST_POOL } from '@app/database';
import type { InboundMessage } from '@app/messaging';

/** Writes webhooks on their own pool: one statement, one commit. */
@Injectable()
export class IngestRepository {
  constructor(@Inject(INGEST_POOL) private readonly pool: Pool) {}

  /** The new row's id, or undefined when this SID is already known. */
  async insert(message: InboundMessage, params: object, correlationId: string): Promise<string | undefined> {
    const { sid, address, sender, externalId, profileName, content } = message;
    const { rows } = await this.pool.query<{ id: string }>(
      `WITH fresh AS (
         INSERT INTO message_sids (sid, direction, message_id)
         VALUES ($1, 'inbound', nextval('message_ids'))
         ON CONFLICT (sid) DO NOTHING
         RETURNING sid, message_id
       )
       INSERT INTO inbox_messages
         (id, sid, source, address, sender, external_id, profile_name, content, params, correlation_id)
       SELECT message_id, sid, 'webhook', $2, $3, $4, $5, $6, $7, $8 FROM fresh
       RETURNING id`,
      [
        sid,
        address,
        sender,
        externalId,
        profileName,
        JSON.stringify(content),
        JSON.stringify(params),
        correlationId,
      ],
    );
    return rows[0]?.id;
  }

  async quarantine(reason: string, params: object): Promise<void> {
    await this.pool.query('INSERT INTO inbox_quarantine (reason, params) VALUES ($1, $2)', [
      reason,
      JSON.stringify(params),
    ]);
  }
}
