import type { Cart } from '@app/cart';
import type { Dialogue } from './domain/dialogue';

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
  /** By a word of their own: whom the provider told us not to write to gets answers again as soon as they write. */
  optedOut: boolean;
  /** Every address that is known to be this shopper's. */
  addresses: string[];
  catalogueVersion: string;
  /** When the newest message arrived of those that were processed. */
  lastInboundAt: Date | null;
  /** The minute in which messages are counted, and how many it has. */
  minuteBegan: Date | null;
  minuteMessages: number;
  /** Somebody who writes too much is told so once, until their mail is worked off. */
  toldToWait: boolean;
}

/** Columns of a {@link LockedConversation}, from `conversations c` and `shoppers s`. */
export const LOCKED_CONVERSATION = `c.id, c.shopper_id AS "shopperId", c.handled_by AS "handledBy", c.dialogue, c.cart,
  c.cart_version AS "cartVersion", s.name, s.language,
  s.opted_out_at IS NOT NULL AND s.opted_out_code IS NULL AS "optedOut",
  (SELECT json_agg(i.address) FROM shopper_identities i WHERE i.shopper_id = s.id) AS addresses,
  catalogue_version() AS "catalogueVersion", c.last_inbound_at AS "lastInboundAt", c.minute_began AS "minuteBegan",
  c.minute_messages AS "minuteMessages", c.told_to_wait AS "toldToWait"`;
