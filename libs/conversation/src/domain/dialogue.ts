import type { CartLine } from '@app/cart';
import type { Expectation } from '@app/interpreter';
import type { Fulfilment, Payment } from '@app/orders';

/** What a checkout has learnt so far. */
export interface Checkout {
  fulfilment?: Fulfilment;
  address?: string;
  payment?: Payment;
  /** When it is wanted, and what else is asked for, in the shopper's words. */
  requestedTime?: string;
  note?: string;
}

/** Where a conversation stands between two messages: plain data, stored as JSON. */
export interface Dialogue {
  /** The question that is open: it decides what a bare number or a name answers. */
  expecting?: Expectation;
  /** SKUs of the list that this shopper was shown last, in its order: a number means an entry of this list. */
  shown: readonly string[];
  /** What `shown` is the beginning of: "more" continues it, and its numbers. */
  listing?: Listing;
  /** A line that lacks something; the next message may complete it. */
  pending?: PendingLine;
  checkout: Checkout;
  /** The question "do you confirm?" that was asked: an old yes can't buy a changed cart. */
  confirmation?: { cartVersion: number; totalMinor: number };
  /** The order that this conversation placed last: a second yes gets its number again. */
  placed?: { number: number };
  /** Lines of the cart before its last change. */
  before?: readonly CartLine[];
  /** What the shopper wrote in the message before, if it changed the cart: a correction speaks of it. */
  heard?: string;
}

/** All products, those of a category, or the SKUs that were found. */
export interface Listing {
  category?: string;
  found?: readonly string[];
}

/** A product that was named without a quantity. */
export interface Uncounted {
  sku: string;
  /** The pack that was named instead. */
  unit?: string;
}

/** What is asked about first, and what is asked about once that is clear. */
export type PendingLine = { next?: readonly Uncounted[] } & (
  ({ lacks: 'quantity' } & Uncounted) | { lacks: 'product'; quantity: number | null }
);

export const newDialogue: Dialogue = { shown: [], checkout: {} };

/** Nothing asked, nothing half said; what was shown and what the checkout knows stays. */
export function settled({ shown, listing, checkout, placed, before }: Dialogue): Dialogue {
  return {
    shown,
    checkout,
    ...(listing && { listing }),
    ...(placed && { placed }),
    ...(before && { before }),
  };
}
