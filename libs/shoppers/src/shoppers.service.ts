import { Injectable } from '@nestjs/common';
import type { Tx } from '@app/database';
import type { NewShopper } from './new-shopper';
import { ShoppersRepository } from './shoppers.repository';

/** Who shops: identities, consent, language. A phone number is one identity among others. */
@Injectable()
export class ShoppersService {
  constructor(private readonly shoppers: ShoppersRepository) {}

  /**
   * The id of the shopper whom one of the addresses names, created when there is none. Safe against a second creator.
   * A shopper who was known by a business-scoped id alone, and now shows a phone number, stays the same shopper.
   */
  async findOrCreate(tx: Tx, shopper: NewShopper): Promise<string> {
    const [address, ...further] = shopper.addresses;
    for (const other of further) {
      const known = await this.shoppers.idByAddress(tx, other);
      if (known !== undefined) {
        await this.shoppers.link(tx, known, address);
      }
    }
    const id = (await this.shoppers.create(tx, shopper)) ?? (await this.shoppers.idByAddress(tx, address));
    if (id === undefined) {
      throw new Error('a shopper that exists was not found');
    }
    return id;
  }

  /** Remembers that an address belongs to a shopper. */
  link(tx: Tx, shopperId: string, address: string): Promise<void> {
    return this.shoppers.link(tx, shopperId, address);
  }

  setOptedOut(tx: Tx, shopperId: string, optedOut: boolean): Promise<void> {
    return this.shoppers.setOptedOut(tx, shopperId, optedOut);
  }

  setProfile(tx: Tx, shopperId: string, name: string, language: string): Promise<void> {
    return this.shoppers.setProfile(tx, shopperId, name, language);
  }
}
