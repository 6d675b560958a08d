import { Injectable } from '@nestjs/common';
import type { Tx } from '@app/database';
import type { StockItem } from './domain/stock';
import { StockRepository } from './stock.repository';

/** Puts goods back on the shelf. Goods leave it with the order, in the statement that writes the order. */
@Injectable()
export class StockService {
  constructor(private readonly repository: StockRepository) {}

  /** Returns what a cancelled order had taken. Products are locked in id order. */
  async giveBack(tx: Tx, items: readonly StockItem[]): Promise<void> {
    if (items.length > 0) {
      await this.repository.add(tx, items);
    }
  }
}
