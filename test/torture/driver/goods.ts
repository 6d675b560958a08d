import { setTimeout as pause } from 'node:timers/promises';
import type { Postgres } from '../world/postgres';
import { PLENTY, SCARCE } from './shopper';

const PLENTIFUL = 1_000_000;
const LITTLE = 6;
const EVERY_MS = 10_000;

/** What is on the shelf: of most things more than enough, of one thing so little that its last piece is always wanted. */
export class Goods {
  private running = true;

  constructor(private readonly postgres: Postgres) {}

  async open(): Promise<void> {
    await this.postgres.rows('CREATE TABLE torture_received (sku text, quantity numeric)');
    await this.postgres.rows('UPDATE products SET stock = $2 WHERE sku = ANY($1)', [
      PLENTY.map(({ sku }) => sku),
      PLENTIFUL,
    ]);
    await this.postgres.rows('UPDATE products SET stock = $2 WHERE sku = $1', [SCARCE.sku, LITTLE]);
  }

  /** A little more now and then, written down with it: whatever a crash does, both are there or neither. */
  async receive(): Promise<void> {
    while (this.running) {
      await pause(EVERY_MS);
      await this.postgres
        .rows(
          `WITH received AS (INSERT INTO torture_received VALUES ($1, $2))
           UPDATE products SET stock = stock + $2 WHERE sku = $1`,
          [SCARCE.sku, LITTLE / 2],
        )
        .catch(() => undefined);
    }
  }

  stop(): void {
    this.running = false;
  }
}
