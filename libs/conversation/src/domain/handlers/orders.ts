import { addToCart, noteInCart } from '@app/cart';
import type { Meaning } from '@app/interpreter';
import type { Result } from '@app/kernel';
import { canCancel, type Order } from '@app/orders';
import { settled } from '../dialogue';
import { formatRecentOrders } from '../messages/orders';
import { type Context, say, type Step } from '../turn';
import { deny, isCheckingOut } from './checkout';
import { viewCart } from './cart';

export function recentOrders(context: Context): Step {
  const { orders, shop, texts } = context.views;
  return { ...say(context, formatRecentOrders(orders, shop.timeZone, texts)), view: 'orders' };
}

export function orderStatus(context: Context, { orderRef }: Meaning & { intent: 'order_status' }): Step {
  const { orders, shop, texts } = context.views;
  const asked = orderRef === undefined ? orders.slice(0, 1) : byReference(orders, orderRef);
  return orderRef !== undefined && asked.length === 0
    ? say(context, texts.order.unknown(orderRef))
    : say(context, formatRecentOrders(asked, shop.timeZone, texts));
}

/** During a checkout there is no order yet: then it is the checkout that ends. */
export function cancelOrder(context: Context, { orderRef }: Meaning & { intent: 'cancel_order' }): Step {
  const { orders, shop, texts } = context.views;
  if (orderRef === undefined && isCheckingOut(context.dialogue)) {
    return deny(context);
  }
  const named = orderRef === undefined ? undefined : byReference(orders, orderRef);
  if (named?.length === 0) {
    return say(context, texts.order.unknown(orderRef ?? ''));
  }
  const open = (named ?? orders).filter(canCancel);
  const [order] = open;
  if (!order) {
    const [latest] = named ?? orders;
    return say(
      context,
      latest && latest.status !== 'delivered' && latest.status !== 'cancelled'
        ? texts.order.cannotCancel(latest.number, texts.order.status[latest.status])
        : texts.order.nothingToCancel,
    );
  }
  if (open.length > 1) {
    const question = texts.ask.whichOrder.replace('{number}', String(order.number));
    return say(context, [formatRecentOrders(open, shop.timeZone, texts), question].join('\n'));
  }
  return { ...say(context, ''), effect: { type: 'cancel_order', order } };
}

export function afterCancelling(context: Context, order: Order, outcome: Result<void>): Step {
  const { texts } = context.views;
  return {
    ...say(
      context,
      outcome.ok
        ? texts.order.cancelled(order.number)
        : texts.order.cannotCancel(order.number, texts.order.status[order.status]),
    ),
    dialogue: settled(context.dialogue),
  };
}

/** The last order again, as a cart that is shown and not yet ordered. */
export function reorder(context: Context): Step {
  const [last] = context.views.orders;
  if (!last) {
    return say(context, context.views.texts.order.none);
  }
  const known = new Set(context.views.catalogue.products.map(({ sku }) => sku));
  const cart = last.lines
    .filter(({ sku }) => known.has(sku))
    .reduce((current, { sku, quantity, note }) => {
      const added = addToCart(current, sku, quantity);
      return note === null ? added : noteInCart(added, sku, note);
    }, context.cart);
  return viewCart({ ...context, cart, dialogue: { ...context.dialogue, before: context.cart.lines } });
}

function byReference(orders: readonly Order[], reference: string): Order[] {
  const digits = reference.replace(/\D/g, '');
  return orders.filter(({ number }) => String(number) === digits);
}
