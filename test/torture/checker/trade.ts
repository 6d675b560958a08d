import type { Episode } from '../driver/journal';
import type { Postgres } from '../world/postgres';
import { disturbed, type Facts, groupBy, type Sent } from './facts';
import { type Finding, finding } from './finding';

export type Shelf = ReadonlyMap<string, number>;

/** Stock by SKU, without what the run itself has brought since it began. */
export async function readShelf(postgres: Postgres): Promise<Shelf> {
  const rows = await postgres.rows<{ sku: string; stock: number }>(
    `SELECT sku, (stock - coalesce((SELECT sum(quantity) FROM torture_received r WHERE r.sku = p.sku), 0))::float8 AS stock
     FROM products p`,
  );
  return new Map(rows.map(({ sku, stock }) => [sku, stock]));
}

/** Orders and goods add up, and what a shopper asked for is what was ordered. */
export function checkTrade(facts: Facts, before: Shelf, after: Shelf, lowestStock: number): Finding[] {
  const { orders } = facts;
  const carts = groupBy(
    orders.filter(({ cartVersion }) => cartVersion !== null),
    ({ conversation, cartVersion }) => `conversation ${conversation} cart ${String(cartVersion)}`,
  );
  const sold = new Map<string, number>();
  for (const order of orders.filter(({ status }) => status !== 'cancelled')) {
    for (const { sku, quantity } of order.lines) {
      sold.set(sku, (sold.get(sku) ?? 0) + quantity);
    }
  }
  return [
    finding(
      'carts with more than one order',
      carts.size,
      [...carts]
        .filter(([, same]) => same.length > 1)
        .map(([cart, same]) => `${cart}: ${same.length} orders`),
    ),
    finding(
      'orders whose lines do not add up',
      orders.length,
      orders
        .filter(({ lines, total }) => lines.reduce((sum, line) => sum + line.total, 0) !== total)
        .map(({ id }) => `order ${id}`),
    ),
    finding('stock below zero', before.size, lowestStock < 0 ? [`lowest seen: ${lowestStock}`] : []),
    finding(
      'products whose stock does not add up',
      before.size,
      [...before]
        .filter(([sku, stock]) => stock - (sold.get(sku) ?? 0) !== after.get(sku))
        .map(
          ([sku, stock]) => `${sku}: ${stock} - ${sold.get(sku) ?? 0} sold, ${String(after.get(sku))} left`,
        ),
    ),
    checkEpisodes(facts),
  ];
}

interface AskedOrder extends Episode {
  phone: string;
  isClean: boolean;
  /** When its "yes" was answered: an order and the answer that tells of it are one transaction, and have its time. */
  confirmed: ReadonlySet<number>;
}

/** An order whose every message was taken at once, with PostgreSQL there, must be placed once, with the goods that were named. */
function checkEpisodes(facts: Facts): Finding {
  const asked = askedOrders(facts);
  const clean = asked.filter((order) => order.isClean);
  const broken = clean.flatMap((order) => {
    // One turn may answer several orders of a shopper; of those who ask for the same goods nobody can tell whose is whose.
    const alike = asked.filter(({ phone, sku, quantity, confirmed }) => {
      const same = phone === order.phone && sku === order.sku && quantity === order.quantity;
      return same && [...confirmed].some((time) => order.confirmed.has(time));
    });
    const least = alike.filter(
      ({ isClean, confirmed }) => isClean && [...confirmed].every((time) => order.confirmed.has(time)),
    );
    const placed = facts.orders.filter(
      ({ phone, created }) => phone === order.phone && order.confirmed.has(created),
    );
    const right = placed.filter(({ lines: [line, ...others] }) => {
      return others.length === 0 && line?.sku === order.sku && line.quantity === order.quantity;
    });
    return right.length >= Math.max(1, least.length) && right.length <= alike.length
      ? []
      : [
          `episode ${order.id} of …${order.phone.slice(-4)}: ${order.quantity} x ${order.sku}, ` +
            `${placed.length} orders ${JSON.stringify(placed.map(({ lines }) => lines))}, asked for by ${alike.length}`,
        ];
  });
  return finding('orders that are not what was asked for', clean.length, broken);
}

function askedOrders(facts: Facts): AskedOrder[] {
  const answered = new Map(
    facts.outbox.flatMap(({ inReplyTo, written }) => inReplyTo.map((sid) => [sid, written] as const)),
  );
  const episodes = groupBy(
    facts.sent.filter(({ episode }) => episode !== undefined),
    ({ episode }) => String(episode!.id),
  );
  return [...episodes.values()].map((messages) => ({
    ...messages[0]!.episode!,
    phone: messages[0]!.phone,
    isClean: isClean(messages, facts),
    confirmed: new Set(
      messages.filter(({ body }) => body === 'yes').flatMap(({ sid }) => answered.get(sid) ?? []),
    ),
  }));
}

function isClean(messages: readonly Sent[], { faults, inbox }: Facts): boolean {
  const [first] = messages;
  const last = messages.at(-1);
  return (
    first !== undefined &&
    last?.acknowledged !== undefined &&
    messages.length === first.episode?.messages &&
    messages.every(({ attempts }) => attempts[0]?.status === 200 && attempts[0].url === 'webhook') &&
    !disturbed(faults, /^PostgreSQL/, { from: first.began, to: last.acknowledged, before: 10_000 }) &&
    nothingCameBetween(messages, inbox)
  );
}

/** What lay in the other api's journal may arrive in the middle, and be another cart. */
function nothingCameBetween(messages: readonly Sent[], inbox: Facts['inbox']): boolean {
  const sids = new Set(messages.map(({ sid }) => sid));
  const ids = inbox.filter(({ sid }) => sids.has(sid)).map(({ id }) => Number(id));
  const [first, last] = [Math.min(...ids), Math.max(...ids)];
  return inbox.every(
    ({ id, sid, address }) =>
      address !== messages[0]?.phone || Number(id) < first || Number(id) > last || sids.has(sid),
  );
}
