import { Injectable } from '@nestjs/common';
import type { Staff } from '@app/access';
import { type Product, ProductsService, quantityFits } from '@app/catalog';
import { ConversationsService } from '@app/conversation';
import { Database } from '@app/database';
import { FulfilmentService } from '@app/fulfilment';
import { assertNever, type FieldError, lineTotalMinor, ok, refuse, type Result } from '@app/kernel';
import type { DraftLine, Order, PlaceOutcome } from '@app/orders';
import { toRecipient } from '../http/recipient';
import type { CreateOrderLineRequest, CreateOrderRequest } from './order.request';

/** Orders that staff take for a shopper, on the phone or at the counter. */
@Injectable()
export class StaffOrdersService {
  constructor(
    private readonly database: Database,
    private readonly products: ProductsService,
    private readonly conversations: ConversationsService,
    private readonly fulfilment: FulfilmentService,
  ) {}

  /**
   * Places an order at today's prices; the shopper is told. Refuses with RECIPIENT_INVALID, ORDER_ADDRESS_REQUIRED,
   * ORDER_LINES_INVALID, ORDER_OUT_OF_STOCK, ORDER_PRICE_CHANGED.
   */
  async create(request: CreateOrderRequest, by: Staff): Promise<Result<Order>> {
    const { fulfilment, payment } = request;
    const recipient = toRecipient(request.to);
    if (!recipient.ok) {
      return recipient;
    }
    if (fulfilment === 'delivery' && request.address === undefined) {
      return refuse('ORDER_ADDRESS_REQUIRED', 'An order that is delivered needs an address.', [
        { field: 'address', message: 'must say where to deliver' },
      ]);
    }
    const skus = request.lines.map(({ sku }) => sku);
    const onSale = await this.products.bySku(this.database.pool, skus);
    const lines = priceLines(request.lines, onSale);
    if (!lines.ok) {
      return lines;
    }
    const conversation = await this.database.transaction((tx) =>
      this.conversations.openFor(tx, recipient.value),
    );
    const order = {
      ...conversation,
      cartVersion: null,
      lines: lines.value,
      fulfilment,
      address: fulfilment === 'pickup' ? null : (request.address ?? null),
      requestedTime: request.requestedTime ?? null,
      note: request.note ?? null,
      payment,
      totalMinor: totalOf(lines.value),
    };
    const outcome = await this.fulfilment.place(order, by);
    return toResult(outcome, request.lines, onSale);
  }
}

function priceLines(
  lines: readonly CreateOrderLineRequest[],
  onSale: ReadonlyMap<string, Product>,
): Result<DraftLine[]> {
  const errors: FieldError[] = [];
  const priced = lines.flatMap(({ sku, quantity, note = null }, index): DraftLine[] => {
    const product = onSale.get(sku);
    if (!product?.active) {
      errors.push({ field: `lines.${index}.sku`, message: `"${sku}" is not the SKU of an active product` });
      return [];
    }
    if (!quantityFits(quantity, product.divisible)) {
      errors.push({ field: `lines.${index}.quantity`, message: `must be a whole number of ${product.unit}` });
    }
    return [{ productId: product.id, quantity, unitPriceMinor: product.priceMinor, note }];
  });
  return errors.length > 0
    ? refuse('ORDER_LINES_INVALID', 'Some lines cannot be ordered.', errors)
    : ok(priced);
}

function totalOf(lines: readonly DraftLine[]): number {
  return lines.reduce(
    (sum, { unitPriceMinor, quantity }) => sum + lineTotalMinor(unitPriceMinor, quantity),
    0,
  );
}

function toResult(
  outcome: PlaceOutcome,
  lines: readonly CreateOrderLineRequest[],
  onSale: ReadonlyMap<string, Product>,
): Result<Order> {
  switch (outcome.kind) {
    case 'placed':
    case 'already_placed':
      return ok(outcome.order);
    case 'out_of_stock': {
      const left = new Map(outcome.shortages.map((shortage) => [shortage.productId, shortage.left]));
      const errors = lines.flatMap(({ sku }, index) => {
        const product = onSale.get(sku);
        const remaining = product && left.get(product.id);
        return product && remaining !== undefined
          ? [
              {
                field: `lines.${index}.quantity`,
                message: `only ${remaining} ${product.unit} of "${sku}" left`,
              },
            ]
          : [];
      });
      return refuse('ORDER_OUT_OF_STOCK', 'There is not enough in stock; nothing was ordered.', errors);
    }
    case 'price_changed':
      return refuse('ORDER_PRICE_CHANGED', 'A price changed at this moment; nothing was ordered. Try again.');
    default:
      return assertNever(outcome);
  }
}
