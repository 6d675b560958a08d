import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { NewShopper } from './new-shopper';

@Injectable()
export class ShoppersRepository {
  /** Undefined when another transaction has just created a shopper with the first address. */
  async create(tx: Tx, { addresses, name, language }: NewShopper): Promise<string | undefined> {
    const [row] = await queryRows<{ id: string }>(
      tx,
      `WITH identity AS (
         INSERT INTO shopper_identities (address, shopper_id)
         VALUES ($1, nextval(pg_get_serial_sequence('shoppers', 'id')))
         ON CONFLICT (address) DO NOTHING
         RETURNING shopper_id
       ), further AS (
         INSERT INTO shopper_identities (address, shopper_id)
         SELECT address, shopper_id FROM identity, unnest($2::text[]) AS address
         ON CONFLICT (address) DO NOTHING
       )
       INSERT INTO shoppers (id, name, language) SELECT shopper_id, $3, $4 FROM identity RETURNING id`,
      [addresses[0], addresses.slice(1), name, language],
    );
    return row?.id;
  }

  async idByAddress(tx: Tx, address: string): Promise<string | undefined> {
    const [row] = await queryRows<{ id: string }>(
      tx,
      'SELECT shopper_id AS id FROM shopper_identities WHERE address = $1',
      [address],
    );
    return row?.id;
  }

  async link(tx: Tx, shopperId: string, address: string): Promise<void> {
    await tx.query(
      'INSERT INTO shopper_identities (address, shopper_id) VALUES ($1, $2) ON CONFLICT (address) DO NOTHING',
      [address, shopperId],
    );
  }

  async setOptedOut(tx: Tx, shopperId: string, optedOut: boolean): Promise<void> {
    await tx.query(
      `UPDATE shoppers SET opted_out_at = CASE WHEN $2 THEN coalesce(opted_out_at, now()) END WHERE id = $1`,
      [shopperId, optedOut],
    );
  }

  async setProfile(tx: Tx, shopperId: string, name: string, language: string): Promise<void> {
    await tx.query('UPDATE shoppers SET name = $2, language = $3 WHERE id = $1', [shopperId, name, language]);
  }
}
