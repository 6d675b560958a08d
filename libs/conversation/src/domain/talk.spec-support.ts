import type { Catalogue, CatalogueProduct } from '@app/catalog';
import { lineTotalMinor } from '@app/kernel';
import type { InboundContent } from '@app/messaging';
import type { Order, OrderDraft } from '@app/orders';
import demo from '../../../catalog/src/demo/catalogue.json';
import { advance } from './advance';
import { newDialogue } from './dialogue';
import { afterPlacing } from './handlers/checkout';
import { afterCancelling } from './handlers/orders';
import { needsOf } from './needs';
import { textsFor } from './texts/languages';
import type { Context, Step, TurnState } from './turn';
import { understand } from './understand';

export const catalogue: Catalogue = {
  version: '1',
  products: demo.products.map(({ price, names, units, ...product }): CatalogueProduct => ({
    ...product,
    id: String(product.number),
    names: names,
    units: units,
    priceMinor: price,
    currency: 'NPR',
  })),
};

/** A shop of many products, named by their place from 1. */
export function shopOf(count: number, nameOf: (place: number) => string): Catalogue {
  return {
    version: '2',
    products: Array.from({ length: count }, (_, index) => ({
      ...catalogue.products[0]!,
      id: String(index + 1),
      sku: `sku-${index + 1}`,
      number: index + 1,
      name: nameOf(index + 1),
      names: {},
      aliases: [],
    })),
  };
}

/** A shopper's talk with the pure core: no database, only a shelf and an order book in memory. */
export class Talk {
  state: TurnState = { dialogue: newDialogue, cart: { version: 0, lines: [] } };
  catalogue = catalogue;
  readonly stock = new Map(demo.products.map(({ number, stock }) => [String(number), stock]));
  readonly orders: Order[] = [];
  last: Step | undefined;

  constructor(private readonly language = 'en') {}

  /** The answer to the last of these messages. */
  says(...messages: readonly (string | InboundContent)[]): string {
    let reply = '';
    for (const message of messages) {
      reply = this.turn(typeof message === 'string' ? { type: 'text', text: message } : message);
    }
    return reply;
  }

  private turn(content: InboundContent): string {
    const { dialogue, cart } = this.state;
    const meaning = understand(content, {
      dialogue,
      cart,
      catalogue: this.catalogue,
      language: this.language,
    });
    if (meaning.intent === 'unreadable') {
      return `unreadable ${meaning.kind}`;
    }
    const bare: Context = {
      dialogue,
      cart,
      views: {
        shop: { name: 'Pasal', currency: 'NPR', timeZone: 'Asia/Kathmandu' },
        language: this.language,
        texts: textsFor(this.language),
        catalogue: this.catalogue,
        stock: new Map(),
        orders: [],
      },
    };
    const needs = needsOf(bare, meaning);
    // Only what was asked for is there, as in production: a handler that looks further must say so in its needs.
    const stock = new Map([...this.stock].filter(([id]) => needs.stockOf.includes(id)));
    const context: Context = {
      ...bare,
      views: { ...bare.views, stock, orders: needs.orders ? this.orders : [] },
    };
    const step = this.finish(context, advance(context, meaning));
    this.state = { dialogue: step.dialogue, cart: step.cart };
    this.last = step;
    return step.reply;
  }

  private finish(context: Context, step: Step): Step {
    const { effect } = step;
    if (effect?.type === 'place_order') {
      const order = this.place(effect.draft);
      return { ...afterPlacing(context, { kind: 'placed', order }), effect };
    }
    if (effect?.type === 'cancel_order') {
      const cancelled: Order = { ...effect.order, status: 'cancelled' };
      this.orders.splice(this.orders.indexOf(effect.order), 1, cancelled);
      return { ...afterCancelling(context, effect.order, { ok: true, value: undefined }), effect };
    }
    return step;
  }

  private place(draft: Omit<OrderDraft, 'conversationId' | 'shopperId'>): Order {
    const order: Order = {
      id: String(this.orders.length + 1),
      number: 1001 + this.orders.length,
      status: 'placed',
      shopperId: '1',
      conversationId: '1',
      shopper: { address: 'whatsapp:+9779800000001', name: 'Asha' },
      lines: draft.lines.flatMap(({ productId, quantity, unitPriceMinor, note }) => {
        const product = this.catalogue.products.find(({ id }) => id === productId);
        return product
          ? [
              {
                productId,
                sku: product.sku,
                name: product.name,
                quantity,
                unit: product.unit,
                unitPriceMinor,
                lineTotalMinor: lineTotalMinor(unitPriceMinor, quantity),
                note,
              },
            ]
          : [];
      }),
      totalMinor: draft.totalMinor,
      currency: 'NPR',
      fulfilment: draft.fulfilment,
      address: draft.address,
      requestedTime: draft.requestedTime,
      note: draft.note,
      payment: draft.payment,
      history: [],
      createdAt: new Date('2026-11-21T18:30:00Z'),
    };
    this.orders.unshift(order);
    return order;
  }
}
