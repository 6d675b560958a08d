/** A product with a quantity. `quantity` counts the product's own unit; null: none was said. */
export interface ItemLine {
  sku: string;
  quantity: number | null;
  /** A pack of the product ("carton") that was named without a number; never there beside a number. */
  unit?: string;
  /** Wishes in the shopper's words: "no onion", "large". */
  options?: readonly string[];
}

/** What a line of goods brought along in the same breath. */
export interface LineExtras {
  address?: string;
  when?: string;
  fulfilment?: 'delivery' | 'pickup';
  payment?: string;
  then?: 'checkout';
  /** Words in the place of a product for which nothing in the catalogue fits. */
  unknown?: readonly string[];
}

/** What a set_detail speaks of. */
export type DetailSlot =
  'address' | 'phone' | 'name' | 'payment' | 'fulfilment' | 'delivery_time' | 'rating' | 'note';

/** What a question is about. */
export type QuestionTopic = 'price' | 'stock' | 'payment' | 'delivery_area' | 'delivery_time' | 'hours';

/** Why a line is understood but impossible. */
export type Problem = 'zero' | 'negative' | 'not_whole' | 'too_many' | 'unknown_number';

/** The intents, each with its entities. Money and consent move only on the definite ones; `clarify` and `other` change nothing. */
export type Meaning =
  | { intent: 'menu' }
  | { intent: 'show_catalog'; page?: 'next'; category?: string }
  | { intent: 'select_option'; option: number }
  | { intent: 'add_items'; items: readonly ItemLine[]; candidates?: readonly string[]; extras?: LineExtras }
  | { intent: 'remove_items'; items: readonly ItemLine[] }
  | { intent: 'set_quantity'; items: readonly { sku: string; quantity: number }[] }
  | { intent: 'replace_item'; from: string; to: string; quantity?: number }
  | { intent: 'edit_item'; items: readonly ItemLine[] }
  | { intent: 'clear_cart' }
  | { intent: 'undo' }
  | { intent: 'view_cart' }
  | { intent: 'checkout' }
  | { intent: 'confirm' }
  | { intent: 'deny' }
  | { intent: 'cancel_order'; orderRef?: string }
  | { intent: 'order_status'; orderRef?: string }
  | { intent: 'recent_orders' }
  | { intent: 'reorder'; which: 'last' | 'usual' | 'yesterday' }
  | { intent: 'set_detail'; slot: DetailSlot; value: string }
  | {
      intent: 'question';
      topic: QuestionTopic;
      candidates: readonly string[];
      area?: string;
      unknown?: readonly string[];
    }
  | { intent: 'handoff'; reason: 'person' | 'complaint' | 'refund' | 'payment' }
  | { intent: 'opt_out' }
  | { intent: 'opt_in' }
  /** STOP or START for news of orders, or for offers, alone. */
  | { intent: 'consent'; topic: 'order' | 'broadcast'; state: 'granted' | 'withdrawn' }
  | { intent: 'privacy_erase' }
  | { intent: 'help' }
  | { intent: 'reset' }
  | { intent: 'invalid'; problem: Problem }
  | {
      intent: 'clarify';
      /** Products that compete for the unclear part. */
      candidates: readonly string[];
      /** Lines that are clear already and must not be lost. */
      items: readonly ItemLine[];
      /** The quantity of the unclear part, so that a choice among `candidates` completes it. */
      quantity?: number;
      problem?: Problem;
      unknown?: readonly string[];
      extras?: LineExtras;
    }
  | { intent: 'other'; kind: 'thanks' | 'wait' | 'smalltalk' | 'out_of_scope' | 'unknown' };

/**
 * What a message means; `language` is the shopper's, where the words tell it; `confidence` how much of the message was
 * understood, from 0 to 1, absent where an assistant proposed the meaning.
 */
export type Interpretation = Meaning & { language?: string; confidence?: number };
