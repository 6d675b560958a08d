import { TEST_ACCOUNT_SID } from '@app/testing';
import type { Random } from '../random';
import { SENDER } from '../world/world';
import type { Episode } from './journal';

/** Of these there is more than anybody can buy: an order of them must succeed. */
export const PLENTY = [
  { sku: 'momo-chicken', name: 'chicken momo' },
  { sku: 'momo-veg', name: 'veg momo' },
  { sku: 'chow-mein', name: 'chow mein' },
] as const;

/** Of this there is little, and everybody wants it at once. */
export const SCARCE = { sku: 'momo-buff', name: 'buff momo' } as const;

const BROWSE = ['hi', 'menu', 'products', 'help', 'my orders', 'cart', 'what is the weather like'];

export interface Saying {
  body: string;
  /** Tapped twice: two messages that say the same leave the phone together. */
  twice?: boolean;
  episode?: Episode;
}

/** Consonants for digits: by chance no word that a shop understands ("…4bad" is a complaint). */
function unspeakable(hex: string): string {
  return hex.replace(/./g, (digit) => 'bcdfghjklmnpqrst'[parseInt(digit, 16)]!);
}

/** A shopper with a script that never ends: browses, fills a cart, orders, taps twice, cancels. */
export class Shopper {
  readonly address: string;
  readonly canary: string;
  /** A webhook of this shopper is on its way: a phone sends one message after the other. */
  busy = false;
  private readonly script: Saying[] = [];

  constructor(
    index: number,
    readonly random: Random,
    private readonly nextEpisode: () => number,
  ) {
    this.address = `whatsapp:+97798${String(41_000_000 + index)}`;
    this.canary = `Zq${unspeakable(random.hex(10))}`;
  }

  say(): Saying {
    if (this.script.length === 0) {
      this.script.push(...this.plan());
    }
    return this.script.shift()!;
  }

  params(sid: string, body: string): Record<string, string> {
    return {
      SmsMessageSid: sid,
      SmsSid: sid,
      MessageSid: sid,
      AccountSid: TEST_ACCOUNT_SID,
      NumMedia: '0',
      ProfileName: `Kumari ${this.canary}`,
      WaId: this.address.replace('whatsapp:+', ''),
      MessageType: 'text',
      Body: body,
      From: this.address,
      To: SENDER,
      ApiVersion: '2010-04-01',
    };
  }

  private plan(): Saying[] {
    const { random } = this;
    const dice = random.next();
    if (dice < 0.52) {
      return [{ body: random.chance(0.1) ? `parcel ${this.canary} lost` : random.pick(BROWSE) }];
    }
    if (dice < 0.76) {
      return [{ body: this.cartEdit() }];
    }
    if (dice < 0.78) {
      return [{ body: 'cancel order' }];
    }
    return random.chance(0.5) ? this.scarceOrder() : this.order();
  }

  private cartEdit(): string {
    const { name } = this.random.pick(PLENTY);
    return this.random.chance(0.7) ? `${this.random.between(1, 3)} ${name}` : `remove ${name}`;
  }

  private order(): Saying[] {
    const { sku, name } = this.random.pick(PLENTY);
    const quantity = this.random.between(1, 5);
    const sayings = this.checkout(`${quantity} ${name}`);
    const id = this.nextEpisode();
    const messages = sayings.reduce((count, { twice }) => count + (twice === true ? 2 : 1), 0);
    return sayings.map((saying) => ({ ...saying, episode: { id, sku, quantity, messages } }));
  }

  private scarceOrder(): Saying[] {
    return this.checkout(`${this.random.between(1, 3)} ${SCARCE.name}`);
  }

  private checkout(goods: string): Saying[] {
    const where = this.random.chance(0.5) ? ['pickup'] : ['delivery', `House ${this.canary}, Thamel`];
    const said = ['clear cart', goods, 'place order', ...where, 'cash'].map((body) => ({ body }));
    return [...said, { body: 'yes', twice: this.random.chance(0.4) }];
  }
}
