import { formatMoney } from '@app/kernel';
import type { Order } from '@app/orders';
import type { Checkout } from '../dialogue';
import type { Texts } from '../texts/texts';
import { formatLines, formatTotal, type PricedLine } from './cart-view';

/** What is about to be ordered: lines, how and where, total. The question that follows is bound to it. */
export function formatOrderSummary(
  lines: readonly PricedLine[],
  known: Checkout,
  currency: string,
  language: string,
  texts: Texts,
): string {
  return [
    texts.order.summary,
    ...formatLines(lines, language, texts),
    ...formatDetails(known, texts),
    formatTotal(lines, currency, texts),
  ].join('\n');
}

/** What the checkout knows beside the goods, a line each. */
export function formatDetails(
  { fulfilment, address, payment, requestedTime, note }: Checkout,
  { choice, order }: Texts,
): string[] {
  const ways = [fulfilment && choice.fulfilment[fulfilment], payment && choice.payment[payment]];
  return [
    ways.filter((part) => part !== undefined).join(', '),
    fulfilment === 'delivery' && address !== undefined ? order.to(address) : '',
    requestedTime === undefined ? '' : order.when(requestedTime),
    note === undefined ? '' : order.note(note),
  ].filter((line) => line !== '');
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
