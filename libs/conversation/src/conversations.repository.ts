import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { ConversationKey } from '@app/inbox';
import { windowIsOpen } from '@app/outbox';
import type { ConversationSummary } from './conversation-summary';
import { LOCKED_CONVERSATION, type LockedConversation } from './locked-conversation';

/** Somebody who writes for the first time, to one of the shop's senders. */
export interface NewShopper {
  sender: string;
  /** Every address that is known to be this shopper's, the one they wrote from first. */
  addresses: readonly [string, ...string[]];
  name: string;
  language: string;
}

@Injectable()
export class ConversationsRepository {
  /**
   * Serialises the shopper's messages: whoever holds the row processes, everybody else waits. `NO KEY`, because rows that
   * refer to the conversation may be written meanwhile.
   */
  async lock(tx: Tx, { sender, address }: ConversationKey): Promise<LockedConversation | undefined> {
    const [row] = await queryRows<LockedConversation>(
      tx,
      `SELECT ${LOCKED_CONVERSATION}
       FROM shopper_identities known
       JOIN shoppers s ON s.id = known.shopper_id
       JOIN conversations c ON c.shopper_id = s.id AND c.sender = $1
       WHERE known.address = $2
       FOR NO KEY UPDATE OF c`,
      [sender, address],
    );
    return row;
  }

  /**
   * New shoppers and their first conversations in one statement: what a transaction has inserted is its own, as if locked.
   * Missing is who is known by one of their addresses already, or becomes known at this moment.
   */
  openNew(tx: Tx, shoppers: readonly NewShopper[]): Promise<(ConversationKey & LockedConversation)[]> {
    return queryRows(
      tx,
      `WITH newcomer AS (
         SELECT * FROM json_to_recordset($1)
           AS n (sender text, address text, further text[], name text, language text)
       ), identity AS (
         INSERT INTO shopper_identities (address, shopper_id)
         SELECT address, nextval(pg_get_serial_sequence('shoppers', 'id')) FROM newcomer
         WHERE NOT EXISTS (SELECT FROM shopper_identities AS known WHERE known.address = ANY(further || newcomer.address))
         ORDER BY address
         ON CONFLICT (address) DO NOTHING
         RETURNING address, shopper_id
       ), further AS (
         INSERT INTO shopper_identities (address, shopper_id)
         SELECT other, shopper_id FROM identity JOIN newcomer USING (address), unnest(further) AS other ORDER BY other
         ON CONFLICT (address) DO NOTHING
       ), shopper AS (
         INSERT INTO shoppers (id, name, language) SELECT shopper_id, name, language FROM identity JOIN newcomer USING (address)
       ), opened AS (
         INSERT INTO conversations (shopper_id, sender, address)
         SELECT shopper_id, sender, address FROM identity JOIN newcomer USING (address)
         RETURNING *
       )
       SELECT c.id, c.sender, c.address, c.shopper_id AS "shopperId", c.handled_by AS "handledBy", c.dialogue, c.cart,
              c.cart_version AS "cartVersion", n.name, n.language, false AS "optedOut",
              to_json(n.further || n.address) AS addresses, catalogue_version() AS "catalogueVersion",
              NULL AS "lastInboundAt", NULL AS "minuteBegan", 0 AS "minuteMessages", false AS "toldToWait"
       FROM opened AS c JOIN newcomer AS n USING (address)`,
      [
        JSON.stringify(
          shoppers.map(({ sender, addresses: [address, ...further], name, language }) => ({
            sender,
            address,
            further,
            name,
            language,
          })),
        ),
      ],
    );
  }

  /** Locks by id: for staff, who name a conversation and not an address. */
  async lockById(tx: Tx, id: string): Promise<ConversationSummary | undefined> {
    const [row] = await queryRows<ConversationSummary>(tx, `${SUMMARY} WHERE c.id = $1 FOR UPDATE OF c`, [
      id,
    ]);
    return row;
  }

  /** Whichever of these senders the shopper of an address wrote to last. */
  async latestSender(tx: Tx, address: string, senders: readonly string[]): Promise<string | undefined> {
    const [row] = await queryRows<{ sender: string }>(
      tx,
      `SELECT c.sender FROM shopper_identities known JOIN conversations c ON c.shopper_id = known.shopper_id
       WHERE known.address = $1 AND c.sender = ANY($2::text[])
       ORDER BY c.last_inbound_at DESC NULLS LAST, c.id DESC LIMIT 1`,
      [address, senders],
    );
    return row?.sender;
  }

  async create(tx: Tx, shopperId: string, { sender, address }: ConversationKey): Promise<void> {
    await tx.query(
      `INSERT INTO conversations (shopper_id, sender, address) VALUES ($1, $2, $3)
       ON CONFLICT (shopper_id, sender) DO NOTHING`,
      [shopperId, sender, address],
    );
  }

  async setHandledBy(tx: Tx, id: string, handledBy: 'bot' | 'staff'): Promise<void> {
    await tx.query('UPDATE conversations SET handled_by = $2, updated_at = now() WHERE id = $1', [
      id,
      handledBy,
    ]);
  }

  list(
    tx: Tx,
    query: { before: string | null; limit: number; handledBy: string | null },
  ): Promise<ConversationSummary[]> {
    const { before, limit, handledBy } = query;
    return queryRows<ConversationSummary>(
      tx,
      `${SUMMARY} WHERE ($1::bigint IS NULL OR c.id < $1) AND ($2::text IS NULL OR c.handled_by = $2)
       ORDER BY c.id DESC LIMIT $3`,
      [before, handledBy, limit],
    );
  }
}

const SUMMARY = `SELECT c.id, c.shopper_id AS "shopperId", c.sender, c.address, c.handled_by AS "handledBy",
    s.name, s.language, c.last_inbound_at AS "lastInboundAt",
    s.opted_out_at IS NOT NULL
      AND (s.opted_out_code IS NULL OR coalesce(c.last_inbound_at <= s.opted_out_at, true)) AS "optedOut",
    ${windowIsOpen('c.last_inbound_at')} AS "windowOpen"
  FROM conversations c JOIN shoppers s ON s.id = c.shopper_id`;
