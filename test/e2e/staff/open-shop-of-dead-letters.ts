import { openShop, type OpenShop } from '../support/open-shop';
import { rows } from '../whatsapp/support/shop-rows';

/** A shopper whose cart no code of ours has written, so that every look at it throws. */
export interface PoisonedShopper {
  number: string;
  /** Id and SID of the message that became a dead letter. */
  id: string;
  sid: string;
  /** Takes the cause away. */
  mend(): Promise<unknown>;
  /** Bodies of everything that was ever written in reply to it. */
  replies(): Promise<string[]>;
}

export interface ShopOfDeadLetters<Name extends string> extends OpenShop {
  shoppers: Record<Name, PoisonedShopper>;
}

/** A shop where each of these shoppers wrote "cart", which became a dead letter, and got the apology. */
export async function openShopOfDeadLetters<Name extends string>(
  ...names: Name[]
): Promise<ShopOfDeadLetters<Name>> {
  const shop = await openShop();
  const poisoned = await Promise.all(
    names.map(async (name, index) => [name, await poison(shop, `+97798310000${10 + index}`)] as const),
  );
  return { ...shop, shoppers: Object.fromEntries(poisoned) as Record<Name, PoisonedShopper> };
}

async function poison(shop: OpenShop, number: string): Promise<PoisonedShopper> {
  const { url } = shop.database;
  const setCart = (cart: string): Promise<unknown> =>
    rows(url, 'UPDATE conversations SET cart = $1 WHERE address = $2', [cart, `whatsapp:${number}`]);
  const phone = shop.twilio.phone(number);
  await phone.says('hi');
  await phone.waitForReply();
  await setCart('[null]');
  const { messageSid: sid } = await phone.says('cart');
  await phone.waitForReply({ timeoutMs: 20_000 });
  const [row] = await rows<{ id: string }>(url, 'SELECT id FROM inbox_messages WHERE sid = $1', [sid]);
  return {
    number,
    id: row!.id,
    sid,
    mend: () => setCart('[]'),
    replies: async () => {
      const answers = await rows<{ body: string }>(
        url,
        'SELECT body FROM outbox_messages WHERE in_reply_to = $1::jsonb ORDER BY id',
        [JSON.stringify([sid])],
      );
      return answers.map(({ body }) => body);
    },
  };
}
