import { phones, sid, signedRequest } from './webhooks.mjs';

/** What every shopper says, over and over; one shopper buys another product than the next. */
const SCRIPT = [
  'hi',
  '1',
  (shopper) => `${1 + (shopper % 10)} x 2`,
  'cart',
  'help',
  'place order',
  'delivery',
  'Thamel, Kathmandu',
  'cash',
  'yes',
  'my orders',
];

/**
 * Signed messages of shoppers who take turns: number `from`, `from + 1` … of this group of shoppers. Neighbours are at
 * different places of the script, so that every second sees the same mixture.
 */
export function write({ group, shoppers, from, count }) {
  const addresses = phones(group, shoppers);
  return Array.from({ length: count }, (_, index) => {
    const shopper = (from + index) % shoppers;
    const line = SCRIPT[(Math.floor((from + index) / shoppers) + shopper) % SCRIPT.length];
    const messageSid = sid();
    const phone = addresses[shopper];
    const body = typeof line === 'function' ? line(shopper) : line;
    return { sid: messageSid, phone, bytes: signedRequest({ messageSid, phone, body }) };
  });
}
