import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { INGEST_POOL } from '@app/database';
import type { DeliveryReport } from '@app/messaging';
import { OUTSIDE_WINDOW } from '@app/outbox';
import { RANK, STATUS_OF_OTHER_WORDS, STATUS_OF_WORD } from './domain/fold-status';

/** A status report with all that is kept of it. */
export interface ArrivedReport {
  report: DeliveryReport;
  /** The raw callback. */
  params: object;
  /** In ms of the epoch, by the clock of the process that took it. */
  receivedAt: number;
}

/** What was new in a group: the first report of a SID's status, about a message of ours. */
export interface FreshReport {
  sid: string;
  status: string;
  errorCode: number | null;
  messageId: string;
  sender: string;
  address: string;
  correlationId: string;
  /** The message was sent twice: this is not its SID, and we had not seen it before. */
  duplicate: boolean;
  /** Id of the message, where it was in doubt until this group came. */
  resolved: string | null;
  /** The window was closed: the message is said again by template, once. */
  repaired: boolean;
}

/**
 * One statement for a group. Messages are locked in the order of their ids, events and SIDs inserted in the order of their
 * keys, so that two processes wait for each other and never in a circle. The fold is that of domain/fold-status.ts, whose
 * tables are parameters: $7 ranks our statuses, $8 says which of them a word of Twilio's means, $9 what any other word does.
 * A SID that is known names its message; our id in the callback's query does so only for one that is new.
 */
const RECORD_GROUP = `
  WITH report AS MATERIALIZED (
    SELECT DISTINCT ON (given.sid, given.status) given.*, now() - age_ms * interval '1 millisecond' AS at,
           coalesce(known.message_id, given.message_id) AS target,
           coalesce($8::jsonb ->> given.status, $9) AS means
    FROM unnest($1::text[], $2::text[], $3::int[], $4::bigint[], $5::text[], $6::float8[])
           WITH ORDINALITY AS given(sid, status, error_code, message_id, params, age_ms, place)
      LEFT JOIN message_sids AS known ON known.sid = given.sid AND known.direction = 'outbound'
    ORDER BY given.sid, given.status, given.place
  ), message AS MATERIALIZED (
    SELECT id, sid AS first_sid, status AS current, error_code AS current_error, sender, address, correlation_id, attempt,
           claimed_at
    FROM outbox_messages WHERE id IN (SELECT target FROM report) ORDER BY conversation_id, id FOR NO KEY UPDATE
  ), fresh AS (
    INSERT INTO delivery_events (message_id, sid, status, error_code, params, received_at)
    SELECT message.id, report.sid, report.status, report.error_code, report.params::jsonb, report.at
    FROM report LEFT JOIN message ON message.id = report.target
    ORDER BY report.sid, report.status
    ON CONFLICT (sid, status) DO NOTHING
    RETURNING message_id, sid, status
  ), news AS MATERIALIZED (
    SELECT message.*, sid, status, means, ($7::jsonb ->> means)::int AS rank, error_code, at, place,
           -- A callback may teach the SID; a second one means that the shopper got it twice, and moves nothing.
           coalesce(first_sid, first_value(sid) OVER (PARTITION BY message.id ORDER BY place)) AS own_sid
    FROM fresh JOIN report USING (sid, status) JOIN message ON message.id = fresh.message_id
  ), learned AS (
    INSERT INTO message_sids (sid, direction, message_id)
    SELECT DISTINCT ON (sid) sid, 'outbound', id FROM news ORDER BY sid, place
    ON CONFLICT DO NOTHING
    RETURNING sid
  ), furthest AS (
    SELECT id, own_sid AS sid, current, current_error,
           (array_agg(means ORDER BY rank DESC))[1] AS status, max(rank) AS rank, min(at) AS first_at,
           min(at) FILTER (WHERE status = 'sent') AS sent_at,
           min(at) FILTER (WHERE status = 'delivered') AS delivered_at,
           min(at) FILTER (WHERE status = 'read') AS read_at,
           (array_agg(error_code ORDER BY place DESC)
              FILTER (WHERE error_code IS NOT NULL AND status IN ('failed', 'undelivered')))[1] AS error_code
    FROM news WHERE sid = own_sid GROUP BY id, own_sid, current, current_error
  ), folded AS (
    SELECT id, sid, current, first_at, sent_at, delivered_at, read_at,
           CASE WHEN rank > ($7::jsonb ->> current)::int THEN status ELSE current END AS status,
           coalesce(error_code, CASE WHEN current IN ('failed', 'undelivered') THEN current_error END) AS error_code
    FROM furthest
  ), moved AS (
    UPDATE outbox_messages AS row
    SET status = folded.status, sid = folded.sid,
        accepted_at = coalesce(row.accepted_at, folded.first_at),
        sent_at = coalesce(row.sent_at, folded.sent_at),
        delivered_at = coalesce(row.delivered_at, folded.delivered_at),
        read_at = coalesce(row.read_at, folded.read_at),
        error_code = CASE WHEN folded.status IN ('failed', 'undelivered') THEN folded.error_code END,
        error_message = CASE WHEN folded.status IN ('failed', 'undelivered') THEN row.error_message END
    FROM folded WHERE row.id = folded.id
  ), resolved AS (
    -- An upsert, because the attempt's row may have been written while this statement waited for the message.
    INSERT INTO outbox_attempts AS known (message_id, attempt, started_at, outcome, resolution, resolved_at)
    SELECT id, attempt, coalesce(claimed_at, now()), 'uncertain', 'callback', now()
    FROM folded JOIN message USING (id, current) WHERE current = 'uncertain' AND status <> 'uncertain'
    ON CONFLICT (message_id, attempt) DO UPDATE
    SET resolution = excluded.resolution, resolved_at = excluded.resolved_at WHERE known.resolution IS NULL
    RETURNING message_id
  ), repaired AS (
    INSERT INTO outbox_messages
      (conversation_id, sender, address, lane, topic, body, content, in_reply_to, correlation_id, status, repairs)
    SELECT original.conversation_id, original.sender, original.address, original.lane, original.topic,
           original.stand_in ->> 'body', original.stand_in -> 'content', original.in_reply_to, original.correlation_id,
           'queued', original.id
    FROM folded JOIN outbox_messages AS original ON original.id = folded.id
    WHERE folded.status IN ('failed', 'undelivered') AND folded.error_code = ${OUTSIDE_WINDOW}
      AND original.stand_in IS NOT NULL
    ORDER BY original.id
    ON CONFLICT (repairs) WHERE repairs IS NOT NULL DO NOTHING
    RETURNING repairs
  )
  SELECT sid, status, error_code AS "errorCode", news.id AS "messageId", sender, address,
         correlation_id AS "correlationId", sid <> own_sid AND learned.sid IS NOT NULL AS duplicate,
         CASE WHEN news.id IN (SELECT message_id FROM resolved) THEN news.id END AS resolved,
         repaired.repairs IS NOT NULL AS repaired
  FROM news LEFT JOIN learned USING (sid) LEFT JOIN repaired ON repaired.repairs = news.id`;

/** Writes status reports on the pool of webhooks: one statement, one commit. */
@Injectable()
export class ReportRepository {
  constructor(@Inject(INGEST_POOL) private readonly pool: Pool) {}

  /** Stores a group and moves its messages on; answers what was new. */
  async record(group: readonly ArrivedReport[]): Promise<FreshReport[]> {
    const now = Date.now();
    const column = <T>(of: (arrived: ArrivedReport) => T): T[] => group.map(of);
    const { rows } = await this.pool.query<FreshReport>(RECORD_GROUP, [
      column(({ report }) => report.sid),
      column(({ report }) => report.status),
      column(({ report }) => report.errorCode),
      column(({ report }) => report.messageId),
      column(({ params }) => JSON.stringify(params)),
      column(({ receivedAt }) => Math.max(0, now - receivedAt)),
      RANK,
      STATUS_OF_WORD,
      STATUS_OF_OTHER_WORDS,
    ]);
    return rows;
  }
}
