import { Injectable } from '@nestjs/common';
import { StockService } from '@app/catalog';
import type { Tx } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import type { Order, OrderChange, OrderPage } from './domain/order';
import { type OrderDraft, type PlaceOutcome, priceDraft } from './domain/order-draft';
import { canChange, type OrderStatus, transition } from './domain/order-status';
import { type LockedOrder, OrdersRepository } from './orders.repository';
import { PlacementRepository } from './placement.repository';

/** Beyond this many digits a number is no bigint, and no order either. */
const REFERENCE = /^#?(\d{1,18})$/;

/** Orders and their life cycle. It knows no messages: who must be told is the caller's affair. */
@Injectable()
export class OrdersService {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly placement: PlacementRepository,
    private readonly stock: StockService,
  ) {}

  /** Places the order and takes its stock, in the caller's transaction; two round trips when nothing stands against it. */
  async place(tx: Tx, draft: OrderDraft): Promise<PlaceOutcome> {
    const { shelf, orderId } = await this.placement.lockShelf(tx, draft);
    const priced = priceDraft(draft, shelf);
    const order =
      orderId === null && priced.kind === 'priced'
        ? await this.placement.write(tx, draft, priced)
        : undefined;
    if (order) {
      return { kind: 'placed', order };
    }
    // Asked again, in a statement of its own: one that began before the same cart was ordered does not see that order, even
    // if it has waited for its locks.
    const placed =
      draft.cartVersion === null
        ? undefined
        : await this.orders.findByCart(tx, draft.conversationId, draft.cartVersion);
    if (placed) {
      return { kind: 'already_placed', order: placed };
    }
    if (priced.kind === 'priced') {
      throw new Error('an order that could be placed neither was written nor exists');
    }
    return priced;
  }

  /** The newest orders of each shopper, newest first; who has none is missing. */
  async recentFor(
    tx: Tx,
    shopperIds: readonly string[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly Order[]>> {
    const byShopper = new Map<string, Order[]>();
    for (const order of await this.orders.recentFor(tx, shopperIds, limit)) {
      byShopper.set(order.shopperId, [...(byShopper.get(order.shopperId) ?? []), order]);
    }
    return byShopper;
  }

  /** By id or by number, with or without `#`. */
  async find(tx: Tx, idOrNumber: string): Promise<Order | undefined> {
    const digits = REFERENCE.exec(idOrNumber)?.[1];
    return digits === undefined ? undefined : this.orders.find(tx, digits);
  }

  /** Like {@link find}, for callers who name one order. Refuses with ORDER_NOT_FOUND. */
  async read(tx: Tx, idOrNumber: string): Promise<Result<Order>> {
    const order = await this.find(tx, idOrNumber);
    return order ? ok(order) : notFound(idOrNumber);
  }

  /** A page, newest first. `after` is the `nextCursor` of the page before. */
  async list(
    tx: Tx,
    { after, limit, status }: { after?: string | undefined; limit: number; status?: OrderStatus | undefined },
  ): Promise<OrderPage> {
    const found = await this.orders.page(tx, {
      before: after ?? null,
      status: status ?? null,
      limit: limit + 1,
    });
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /**
   * Cancels an order as the caller has just read it, and gives its stock back: no lock and no second reading, because the
   * write holds only while the order is where it was. Refuses with ORDER_TRANSITION_NOT_ALLOWED.
   */
  async cancel(tx: Tx, order: Order, by: string): Promise<Result<void>> {
    const status = transition(order, 'cancelled');
    if (!status.ok) {
      return status;
    }
    if (!(await this.orders.write(tx, order, { ...order, status: status.value, by, note: null }))) {
      return refuse('ORDER_TRANSITION_NOT_ALLOWED', 'The order has moved on meanwhile.');
    }
    await this.stock.giveBack(tx, order.lines);
    return ok(undefined);
  }

  /**
   * Moves an order along its life cycle; `changed` is false when it was there already.
   * Refuses with ORDER_NOT_FOUND or ORDER_TRANSITION_NOT_ALLOWED.
   */
  async move(
    tx: Tx,
    orderId: string,
    to: OrderStatus,
    by: string,
    note?: string,
  ): Promise<Result<{ order: Order; changed: boolean }>> {
    const locked = await this.lock(tx, orderId);
    if (!locked) {
      return notFound(orderId);
    }
    const status = transition(locked, to);
    if (!status.ok) {
      return status;
    }
    const changed = status.value !== locked.status;
    if (changed) {
      await this.orders.write(tx, locked, { ...locked, status: status.value, by, note: note ?? null });
    }
    if (changed && status.value === 'cancelled') {
      await this.stock.giveBack(tx, locked.items);
    }
    const order = await this.read(tx, locked.id);
    return order.ok ? ok({ order: order.value, changed }) : order;
  }

  /**
   * Changes where an order goes, while it is placed or confirmed.
   * Refuses with ORDER_NOT_FOUND, ORDER_CHANGE_NOT_ALLOWED, ORDER_ADDRESS_REQUIRED.
   */
  async change(tx: Tx, orderId: string, change: OrderChange, by: string): Promise<Result<Order>> {
    const locked = await this.lock(tx, orderId);
    if (!locked) {
      return notFound(orderId);
    }
    if (!canChange(locked)) {
      return refuse(
        'ORDER_CHANGE_NOT_ALLOWED',
        `The order is ${locked.status}: it can be changed while it is placed or confirmed.`,
      );
    }
    const fulfilment = change.fulfilment ?? locked.fulfilment;
    const address = fulfilment === 'pickup' ? null : (change.address ?? locked.address);
    if (fulfilment === 'delivery' && address === null) {
      return refuse('ORDER_ADDRESS_REQUIRED', 'An order that is delivered needs an address.', [
        { field: 'address', message: 'must say where to deliver' },
      ]);
    }
    if (fulfilment !== locked.fulfilment || address !== locked.address) {
      const note = fulfilment === locked.fulfilment ? 'address changed' : `changed to ${fulfilment}`;
      await this.orders.write(tx, locked, { ...locked, fulfilment, address, by, note });
    }
    return this.read(tx, locked.id);
  }

  private async lock(tx: Tx, idOrNumber: string): Promise<LockedOrder | undefined> {
    const digits = REFERENCE.exec(idOrNumber)?.[1];
    return digits === undefined ? undefined : this.orders.lock(tx, digits);
  }
}

function notFound(orderId: string): Result<never> {
  return refuse('ORDER_NOT_FOUND', `No order has the id or number ${orderId}.`);
}
