import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';

@Injectable()
export class ShoppersRepository {
  /** Whom one of the addresses names; where they name several, whom the first one names. */
  async idOf(tx: Tx, addresses: readonly string[]): Promise<string | undefined> {
    const [row] = await queryRows<{ id: string }>(
      tx,
      `SELECT shopper_id AS id FROM shopper_identities WHERE address = ANY($1::text[])
       ORDER BY array_position($1::text[], address) LIMIT 1`,
      [addresses],
    );
    return row?.id;
  }

  async link(tx: Tx, shopperId: string, addresses: readonly string[]): Promise<void> {
    await tx.query(
      `INSERT INTO shopper_identities (address, shopper_id) SELECT address, $1 FROM unnest($2::text[]) AS address
       ON CONFLICT (address) DO NOTHING`,
      [shopperId, addresses],
    );
  }

  /** A shopper's own word stays what it is: it outlives what the provider says. */
  async setOptedOutByCode(tx: Tx, address: string, code: number): Promise<void> {
    await tx.query(
      `UPDATE shoppers SET opted_out_at = now(), opted_out_code = $2
       WHERE id = (SELECT shopper_id FROM shopper_identities WHERE address = $1)
         AND (opted_out_at IS NULL OR opted_out_code IS NOT NULL)`,
      [address, code],
    );
  }

  async setProfile(tx: Tx, shopperId: string, name: string, language: string): Promise<void> {
    await tx.query('UPDATE shoppers SET name = $2, language = $3 WHERE id = $1', [shopperId, name, language]);
  }
}
