import type { CatalogueService } from '@app/catalog';
import type { Tx } from '@app/database';
import type { Order, OrdersService } from '@app/orders';
import type { LookUps } from './domain/answer';
import type { Needs } from './domain/needs';

const RECENT_ORDERS = 5;

/** What the turns of a transaction have looked up: asked for once, and for all of them in one statement. */
export class TurnLookUps {
  private stock = new Map<string, number>();
  private orders = new Map<string, readonly Order[]>();

  constructor(
    private readonly tx: Tx,
    private readonly shelf: CatalogueService,
    private readonly orderBook: OrdersService,
  ) {}

  async load(wanted: readonly { shopperId: string; needs: Needs }[]): Promise<void> {
    const productIds = new Set(
      wanted.flatMap(({ needs }) => needs.stockOf).filter((id) => !this.stock.has(id)),
    );
    if (productIds.size > 0) {
      const found = await this.shelf.stockOf(this.tx, [...productIds]);
      productIds.forEach((id) => this.stock.set(id, found.get(id) ?? 0));
    }
    const shopperIds = new Set(
      wanted
        .filter(({ shopperId, needs }) => needs.orders && !this.orders.has(shopperId))
        .map(({ shopperId }) => shopperId),
    );
    if (shopperIds.size > 0) {
      const found = await this.orderBook.recentFor(this.tx, [...shopperIds], RECENT_ORDERS);
      shopperIds.forEach((id) => this.orders.set(id, found.get(id) ?? []));
    }
  }

  of(shopperId: string): LookUps {
    return { stock: this.stock, orders: this.orders.get(shopperId) ?? [] };
  }

  /** An order was placed or cancelled: stock and orders are not what they were. */
  forget(): void {
    this.stock = new Map();
    this.orders = new Map();
  }
}
