import { FIRST_LOOK_MS } from './domain/doubt';

/**
 * Twilio's answers, in one statement for a group: $1 is the list. A status callback may have come first: then it has set a
 * later status, which stays. What went wrong in earlier attempts is no longer true. A SID is proof, whichever attempt it
 * comes from: also a message that waits to be sent again has gone out. Rows are locked before SIDs are inserted and in
 * the order of conversations, as by turns and by whoever records status reports. Answers the SIDs that nobody knew of messages that have another one: doubles.
 */
export const RECORD_ACCEPTED = `
  WITH accepted AS MATERIALIZED (
    SELECT answer.* FROM json_to_recordset($1)
      AS answer (id bigint, attempt int, sid text, "durationMs" int, "httpStatus" int, "requestId" text)
      JOIN outbox_messages AS m USING (id)
    ORDER BY m.conversation_id, id FOR NO KEY UPDATE OF m
  ), moved AS (
    UPDATE outbox_messages AS m
    SET sid = coalesce(m.sid, accepted.sid), accepted_at = coalesce(m.accepted_at, now()),
        status = CASE WHEN m.status IN ('queued', 'sending', 'uncertain', 'dead') THEN 'accepted' ELSE m.status END,
        error_code = CASE WHEN m.status IN ('failed', 'undelivered') THEN m.error_code END, error_message = NULL
    FROM accepted
    WHERE m.id = accepted.id
    RETURNING accepted.*, m.sid AS "firstSid"
  ), tried AS (
    INSERT INTO outbox_attempts AS a (message_id, attempt, started_at, duration_ms, outcome, http_status, request_id)
    SELECT id, attempt, clock_timestamp() - coalesce("durationMs", 0) * interval '1 millisecond', "durationMs", 'accepted',
           "httpStatus", "requestId"
    FROM moved
    -- Who sent it was taken for dead.
    ON CONFLICT (message_id, attempt) DO UPDATE
    SET duration_ms = excluded.duration_ms, outcome = excluded.outcome, http_status = excluded.http_status,
        request_id = excluded.request_id, resolution = coalesce(a.resolution, 'answer'),
        resolved_at = coalesce(a.resolved_at, now())
  ), known AS (
    INSERT INTO message_sids (sid, direction, message_id) SELECT sid, 'outbound', id FROM moved ORDER BY sid
    ON CONFLICT DO NOTHING RETURNING sid
  )
  SELECT sid FROM known JOIN moved USING (sid) WHERE sid <> "firstSid"`;

/**
 * The end of an attempt that brought no SID: of row $1, attempt $2. Only the row's own attempt counts, and an answer that
 * says for certain "not processed" also ends the doubt of those who took its sender for dead.
 */
export const RECORD_ENDING = `
  WITH moved AS (
    UPDATE outbox_messages
    SET status = $3, error_code = $5, error_message = $6, looks = 0, holds = true,
        claimed_at = CASE WHEN $3 <> 'queued' THEN claimed_at END,
        not_before = CASE WHEN $3 = 'queued' THEN now() + $7 * interval '1 millisecond' ELSE not_before END,
        look_at = CASE WHEN $3 = 'uncertain' THEN claimed_at + interval '${FIRST_LOOK_MS} milliseconds' END
    WHERE id = $1 AND attempt = $2 AND (status = 'sending' OR status = 'uncertain' AND $3 <> 'uncertain')
    RETURNING id
  ), row AS (
    -- What is not moved although it is in doubt was resolved before: its callback came first.
    SELECT $4::text = 'uncertain' AND NOT EXISTS (SELECT FROM moved) AS resolved
  )
  INSERT INTO outbox_attempts AS a
    (message_id, attempt, started_at, duration_ms, outcome, http_status, error_code, error, request_id, resolution, resolved_at)
  SELECT $1, $2, clock_timestamp() - coalesce($8::int, 0) * interval '1 millisecond', $8::int, $4::text, $9::smallint,
         $5::int, $6::text, $10::text,
         CASE WHEN resolved THEN 'callback' END, CASE WHEN resolved THEN now() END
  FROM row
  ON CONFLICT (message_id, attempt) DO UPDATE
  SET duration_ms = excluded.duration_ms, outcome = excluded.outcome, http_status = excluded.http_status,
      error_code = excluded.error_code, error = excluded.error, request_id = excluded.request_id,
      resolution = CASE WHEN excluded.outcome = 'uncertain' THEN a.resolution ELSE coalesce(a.resolution, 'answer') END,
      resolved_at = CASE WHEN excluded.outcome = 'uncertain' THEN a.resolved_at ELSE coalesce(a.resolved_at, now()) END`;
