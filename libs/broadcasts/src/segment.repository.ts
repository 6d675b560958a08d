import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import { CONSENTS, WINDOW_OPEN } from './consent';
import type { Segment } from './domain/segment';

/** Looked at in one transaction. */
const LARGEST_SPAN = 2_000;

/** A field of the segment, which is the parameter $1: what staff say reaches SQL as a value and never as text. */
const said = (field: keyof Segment): string => `($1::jsonb ->> '${field}')`;

const orderedSince = (field: keyof Segment): string =>
  `EXISTS (SELECT FROM orders o WHERE o.shopper_id = s.id AND o.status <> 'cancelled'
             AND o.created_at >= ${said(field)}::timestamptz)`;

/** Shoppers whom the segment names by address. */
const LISTED = `listed AS MATERIALIZED (
  SELECT i.shopper_id FROM jsonb_array_elements_text($1::jsonb -> 'addresses') AS asked (address)
  JOIN shopper_identities i ON i.address = asked.address
)`;

/** Whether the conversation `c` of the shopper `s` with the sender $2 is in the segment. */
const MATCHES = `c.sender = $2
  AND (${said('orderedSince')} IS NULL OR ${orderedSince('orderedSince')})
  AND (${said('notOrderedSince')} IS NULL OR NOT ${orderedSince('notOrderedSince')})
  AND ($1::jsonb -> 'languages' IS NULL OR $1::jsonb -> 'languages' ? s.language)
  AND (${said('lastInboundAfter')} IS NULL OR c.last_inbound_at >= ${said('lastInboundAfter')}::timestamptz)
  AND (${said('lastInboundBefore')} IS NULL
       OR coalesce(c.last_inbound_at < ${said('lastInboundBefore')}::timestamptz, true))
  AND (${said('openCart')} IS NULL OR (jsonb_array_length(c.cart) > 0) = ${said('openCart')}::boolean)
  AND ($1::jsonb -> 'addresses' IS NULL OR s.id IN (SELECT shopper_id FROM listed))`;

/** What a segment is resolved for. */
export interface Resolving {
  id: string;
  segment: Segment;
  sender: string;
  resolvedTo: string;
}

/** From a segment to conversations. */
@Injectable()
export class SegmentRepository {
  /** Notes the recipients of the next span of conversations, and how far that went. True when none is left. */
  async resolveSpan(tx: Tx, { id, segment, sender, resolvedTo }: Resolving): Promise<boolean> {
    const [row] = await queryRows<{ seen: number }>(
      tx,
      `WITH span AS MATERIALIZED (
         SELECT id, shopper_id, sender, cart, last_inbound_at FROM conversations WHERE id > $4 ORDER BY id LIMIT $5
       ), ${LISTED}, found AS (
         INSERT INTO broadcast_recipients (broadcast_id, conversation_id)
         SELECT $3, c.id
         -- OFFSET 0: a shopper is looked up for each conversation, and never the other way round.
         FROM span AS c CROSS JOIN LATERAL (SELECT * FROM shoppers WHERE id = c.shopper_id OFFSET 0) AS s
         WHERE ${CONSENTS} AND ${MATCHES}
         ON CONFLICT DO NOTHING
         RETURNING conversation_id
       )
       UPDATE broadcasts
       SET resolved_to = coalesce((SELECT max(id) FROM span), resolved_to),
           recipients = recipients + (SELECT count(*) FROM found)
       WHERE id = $3
       RETURNING (SELECT count(*)::int FROM span) AS seen`,
      [JSON.stringify(segment), sender, id, resolvedTo, LARGEST_SPAN],
    );
    return (row?.seen ?? 0) < LARGEST_SPAN;
  }

  /** How many the segment names, how many of them agree to broadcasts, and how many of these have an open window. */
  async count(
    tx: Tx,
    segment: Segment,
    sender: string,
  ): Promise<{ matched: number; consenting: number; windowOpen: number }> {
    const [row] = await queryRows<{ matched: number; consenting: number; windowOpen: number }>(
      tx,
      `WITH ${LISTED}
       SELECT count(*)::int AS matched, (count(*) FILTER (WHERE ${CONSENTS}))::int AS consenting,
              (count(*) FILTER (WHERE ${CONSENTS} AND ${WINDOW_OPEN}))::int AS "windowOpen"
       FROM conversations c JOIN shoppers s ON s.id = c.shopper_id
       WHERE ${MATCHES}`,
      [JSON.stringify(segment), sender],
    );
    return row ?? { matched: 0, consenting: 0, windowOpen: 0 };
  }
}
