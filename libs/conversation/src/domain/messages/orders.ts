import { formatMoney } from '@app/kernel';
import type { Order } from '@app/orders';
import type { Checkout } from '../dialogue';
import type { Texts } from '../texts/texts';
import { formatLines, formatTotal, type PricedLine } from './cart-view';

/** What is about to be ordered: lines, how and where, total. The question that follows is bound to it. */
export function formatOrderSummary(
  lines: readonly PricedLine[],
  { fulfilment, address, payment }: Checkout,
  currency: string,
  language: string,
  texts: Texts,
): string {
  return [
    texts.order.summary,
    ...formatLines(lines, language, texts),
    [fulfilment && texts.choice.fulfilment[fulfilment], payment && texts.choice.payment[payment]]
      .filter((part) => part !== undefined)
      .join(', '),
    ...(fulfilment === 'delivery' && address !== undefined ? [texts.order.to(address)] : []),
    formatTotal(lines, currency, texts),
  ].join('\n');
}

/** The shopper's newest orders with status, total and day in the shop's time zone. */
export function formatRecentOrders(orders: readonly Order[], timeZone: string, texts: Texts): string {
  if (orders.length === 0) {
    return texts.order.none;
  }
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short' });
  return [
    texts.order.recent,
    ...orders.map(
      ({ number, status, totalMinor, currency, createdAt }) =>
        `#${number} – ${texts.order.status[status]} – ${formatMoney(totalMinor, currency)} – ${day.format(createdAt)}`,
    ),
  ].join('\n');
}

/** What a shopper is told when staff move an order. */
export function formatOrderNotification(order: Pick<Order, 'number' | 'status'>, texts: Texts): string {
  return texts.order.news[order.status](order.number);
}
