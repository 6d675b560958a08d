import type { Fulfilment, OrderStatus } from './order-status';

export type Payment = 'cash';

/** Longest requested time, in characters. */
export const longestRequestedTime = 100;

/** One product of an order, as it was when the order was placed. */
export interface OrderLine {
  productId: string;
  sku: string;
  name: string;
  quantity: number;
  unit: string;
  unitPriceMinor: number;
  lineTotalMinor: number;
  /** How the shopper wants it. */
  note: string | null;
}

/** Something that happened to an order. `by` is `shopper` or who of the staff. */
export interface OrderEvent {
  status: OrderStatus;
  at: Date;
  by: string;
  note: string | null;
}

export interface Order {
  id: string;
  /** What people call it, shown as `#1001`. */
  number: number;
  status: OrderStatus;
  shopperId: string;
  conversationId: string;
  /** Whom staff deal with. The address names a person: never log it. */
  shopper: { address: string; name: string };
  lines: readonly OrderLine[];
  totalMinor: number;
  currency: string;
  fulfilment: Fulfilment;
  /** Where to deliver; null for an order that is picked up. */
  address: string | null;
  /** When the shopper wants it, in his words: "tomorrow 7pm"; at most 100 characters. */
  requestedTime: string | null;
  /** What else the shopper asks for, of the whole order; at most 300 characters. */
  note: string | null;
  payment: Payment;
  /** Oldest first. */
  history: readonly OrderEvent[];
  createdAt: Date;
}

export interface OrderPage {
  items: readonly Order[];
  /** Pass it as `after` for the next page; null on the last one. */
  nextCursor: string | null;
}

/** Fields that staff may change while the order is placed or confirmed. */
export interface OrderChange {
  fulfilment?: Fulfilment | undefined;
  address?: string | undefined;
}
