import { Inject, Injectable } from '@nestjs/common';
import type { Pool, QueryResult, QueryResultRow } from 'pg';
import { INGEST_POOL } from '@app/database';
import { within } from '@app/kernel';
import type { InboundMessage } from '@app/messaging';

/** Waiting for a connection and for the statement together: 503 must be out within 3 s. */
const ANSWER_WITHIN_MS = 2_500;

/** Writes webhooks on their own pool: one statement, one commit. */
@Injectable()
export class IngestRepository {
  constructor(@Inject(INGEST_POOL) private readonly pool: Pool) {}

  /** The new row's id, or undefined when this SID is already known. */
  async insert(message: InboundMessage, params: object, correlationId: string): Promise<string | undefined> {
    const { sid, address, sender, externalId, profileName, content } = message;
    const { rows } = await this.query<{ id: string }>(
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
    await this.query('INSERT INTO inbox_quarantine (reason, params) VALUES ($1, $2)', [
      reason,
      JSON.stringify(params),
    ]);
  }

  /**
   * A statement that is too late for the answer may still be committed: the repeat of the webhook then finds its SID, and
   * the sweeper its row.
   */
  private query<Row extends QueryResultRow>(sql: string, parameters: unknown[]): Promise<QueryResult<Row>> {
    return within(ANSWER_WITHIN_MS, this.pool.query<Row>(sql, parameters), 'not stored');
  }
}
