import { Injectable } from '@nestjs/common';
import type { Cart } from '@app/cart';
import { queryRows, type Tx } from '@app/database';
import type { ConversationKey } from '@app/inbox';
import type { Dialogue } from './domain/dialogue';
import type { ConversationSummary } from './conversation-summary';

/** A conversation whose row the transaction has locked, with all that a turn always needs: one round trip. */
export interface LockedConversation {
  id: string;
  shopperId: string;
  handledBy: 'bot' | 'staff';
  dialogue: Partial<Dialogue>;
  cart: Cart['lines'];
  cartVersion: number;
  name: string;
  language: string;
  optedOut: boolean;
  /** Every address that is known to be this shopper's. */
  addresses: string[];
  catalogueVersion: string;
}

/** Somebody who writes for the first time. */
export interface NewShopper {
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
      `SELECT c.id, c.shopper_id AS "shopperId", c.handled_by AS "handledBy", c.dialogue, c.cart,
              c.cart_version AS "cartVersion", s.name, s.language, s.opted_out_at IS NOT NULL AS "optedOut",
              (SELECT json_agg(i.address) FROM shopper_identities i WHERE i.shopper_id = s.id) AS addresses,
              catalogue_version() AS "catalogueVersion"
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
   * A new shopper and their first conversation in one statement: what a transaction has inserted is its own, as if locked.
   * Undefined when one of the addresses is known already, or becomes known at this moment.
   */
  async openNew(
    tx: Tx,
    sender: string,
    { addresses, name, language }: NewShopper,
  ): Promise<LockedConversation | undefined> {
    const [row] = await queryRows<LockedConversation>(
      tx,
      `WITH identity AS (
         INSERT INTO shopper_identities (address, shopper_id)
         SELECT $1, nextval(pg_get_serial_sequence('shoppers', 'id'))
         WHERE NOT EXISTS (SELECT FROM shopper_identities WHERE address = ANY($2::text[]))
         ON CONFLICT (address) DO NOTHING
         RETURNING shopper_id
       ), further AS (
         INSERT INTO shopper_identities (address, shopper_id)
         SELECT address, shopper_id FROM identity, unnest($2::text[]) AS address
         ON CONFLICT (address) DO NOTHING
       ), shopper AS (
         INSERT INTO shoppers (id, name, language) SELECT shopper_id, $3, $4 FROM identity
       )
       INSERT INTO conversations (shopper_id, sender, address) SELECT shopper_id, $5, $1 FROM identity
       RETURNING id, shopper_id AS "shopperId", handled_by AS "handledBy", dialogue, cart, cart_version AS "cartVersion",
                 $3 AS name, $4 AS language, false AS "optedOut", to_json($1::text || $2::text[]) AS addresses,
                 catalogue_version() AS "catalogueVersion"`,
      [addresses[0], addresses.slice(1), name, language, sender],
    );
    return row;
  }

  /** Locks by id: for staff, who name a conversation and not an address. */
  async lockById(tx: Tx, id: string): Promise<ConversationSummary | undefined> {
    const [row] = await queryRows<ConversationSummary>(tx, `${SUMMARY} WHERE c.id = $1 FOR UPDATE OF c`, [
      id,
    ]);
    return row;
  }

  async create(tx: Tx, shopperId: string, { sender, address }: ConversationKey): Promise<void> {
    await tx.query(
      `INSERT INTO conversations (shopper_id, sender, address) VALUES ($1, $2, $3)
       ON CONFLICT (shopper_id, sender) DO NOTHING`,
      [shopperId, sender, address],
    );
  }

  async save(
    tx: Tx,
    id: string,
    state: { dialogue: Dialogue; cart: Cart; handledBy: 'bot' | 'staff'; address: string },
  ): Promise<void> {
    const { dialogue, cart, handledBy, address } = state;
    await tx.query(
      `UPDATE conversations SET dialogue = $2, cart = $3, cart_version = $4, handled_by = $5, address = $6,
         last_inbound_at = now(), updated_at = now()
       WHERE id = $1`,
      [id, JSON.stringify(dialogue), JSON.stringify(cart.lines), cart.version, handledBy, address],
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
    s.name, s.language, s.opted_out_at IS NOT NULL AS "optedOut", c.last_inbound_at AS "lastInboundAt"
  FROM conversations c JOIN shoppers s ON s.id = c.shopper_id`;
