import { rows } from '../whatsapp/support/shop-rows';

/** Shoppers by these numbers, who have just written; the `optedOut` last ones want no messages. */
export async function addShoppers(
  databaseUrl: string,
  numbers: readonly string[],
  optedOut = 0,
): Promise<void> {
  await rows(
    databaseUrl,
    `WITH given AS MATERIALIZED (
       SELECT number, position, nextval(pg_get_serial_sequence('shoppers', 'id')) AS id
       FROM unnest($1::text[]) WITH ORDINALITY AS g (number, position)
     ), shopper AS (
       INSERT INTO shoppers (id, name, language, opted_out_at)
       SELECT id, 'Shopper ' || position, 'en', CASE WHEN position > $2 THEN now() END FROM given
     ), identity AS (
       INSERT INTO shopper_identities (address, shopper_id) SELECT 'whatsapp:' || number, id FROM given
     ), consent AS (
       INSERT INTO consents (shopper_id, topic, state, source) SELECT id, 'broadcast', 'granted', 'staff' FROM given
     )
     INSERT INTO conversations (shopper_id, sender, address, last_inbound_at)
     SELECT id, 'whatsapp:+14155238886', 'whatsapp:' || number, now() FROM given`,
    [numbers, numbers.length - optedOut],
  );
}
