/** What a broadcast may use: so many messages, so much money, or whichever is less. Money is in minor units. */
export interface Budget {
  mostMessages: number | null;
  mostCostMinor: number | null;
  /** Of one message, as staff know it today; at most four decimals. */
  priceMinor: number | null;
  /** Of cost and price; ISO 4217. */
  currency: string;
}

/** Prices have four decimals: in these parts they are integers, and nothing is lost. */
const PARTS = 10_000;

/** How many messages the whole budget pays for. */
export function mostMessages({ mostMessages: most, mostCostMinor, priceMinor }: Budget): number {
  const paid =
    mostCostMinor === null || priceMinor === null
      ? Infinity
      : Math.floor((mostCostMinor * PARTS) / Math.round(priceMinor * PARTS));
  return Math.min(most ?? Infinity, paid);
}

/** What so many messages cost, rounded up; null when nobody gave a price. */
export function costMinor(messages: number, { priceMinor }: Budget): number | null {
  return priceMinor === null ? null : Math.ceil((messages * Math.round(priceMinor * PARTS)) / PARTS);
}
