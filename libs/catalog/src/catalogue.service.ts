import { Injectable } from '@nestjs/common';
import type { Tx } from '@app/database';
import { CatalogueRepository } from './catalogue.repository';
import type { Catalogue } from './domain/product';

/** The catalogue as shoppers see it, kept in memory for as long as its version stands. */
@Injectable()
export class CatalogueService {
  private kept: Catalogue | undefined;

  constructor(private readonly repository: CatalogueRepository) {}

  /** Number that changes with every change that a shopper could see. Stock is not part of it. */
  version(tx: Tx): Promise<string> {
    return this.repository.version(tx);
  }

  /**
   * The active products; read from the database only when `version` is not the kept one. Never call it in a transaction
   * that changes products: were it rolled back, the next change would take the same version.
   * @param version what the caller read from `catalogue_version()`
   */
  async current(tx: Tx, version: string): Promise<Catalogue> {
    if (this.kept?.version === version) {
      return this.kept;
    }
    const loaded = await this.repository.load(tx);
    // Someone else may have loaded it meanwhile; the object that is already out stays the one for its version.
    this.kept = this.kept?.version === loaded.version ? this.kept : loaded;
    return this.kept;
  }

  /** Stock by product id, in the product's unit, at this moment; unknown ids are missing. */
  stockOf(tx: Tx, productIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.repository.stockOf(tx, productIds);
  }
}
