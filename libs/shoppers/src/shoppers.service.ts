import { Injectable } from '@nestjs/common';
import type { Tx } from '@app/database';
import { ShoppersRepository } from './shoppers.repository';

/** Who shops: identities, language. A phone number is one identity among others. */
@Injectable()
export class ShoppersService {
  constructor(private readonly shoppers: ShoppersRepository) {}

  /**
   * The shopper whom one of the addresses names; from now on all of them do. So a shopper who was known by a
   * business-scoped id alone, and now shows a phone number, stays the same shopper.
   */
  async identify(tx: Tx, addresses: readonly string[]): Promise<string | undefined> {
    const id = await this.shoppers.idOf(tx, addresses);
    if (id !== undefined) {
      await this.shoppers.link(tx, id, addresses);
    }
    return id;
  }

  /** Remembers that an address belongs to a shopper. */
  link(tx: Tx, shopperId: string, address: string): Promise<void> {
    return this.shoppers.link(tx, shopperId, [address]);
  }

  /**
   * Records that the provider delivers nothing to this address because its owner wants nothing from us. It holds until they
   * write again.
   */
  setOptedOutByCode(tx: Tx, address: string, code: number): Promise<void> {
    return this.shoppers.setOptedOutByCode(tx, address, code);
  }

  setProfile(tx: Tx, shopperId: string, name: string, language: string): Promise<void> {
    return this.shoppers.setProfile(tx, shopperId, name, language);
  }
}
