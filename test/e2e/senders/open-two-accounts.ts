import type { ChatEntry } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';

/** Sender of the first account. */
export const KATHMANDU = 'whatsapp:+14155238886';

/** The second account, and its two senders. */
export const OTHER_ACCOUNT = `AC${'b'.repeat(32)}`;
export const OTHER_TOKEN = 'b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0';
export const POKHARA = 'whatsapp:+9779860000002';
export const BUTWAL = 'whatsapp:+9779860000003';

export interface TwoAccounts extends OpenShop {
  /** What one of the shop's numbers answers. */
  asks: (phone: string, sender: string, text: string) => Promise<ChatEntry>;
}

/** A shop with one sender in its first account and two in another one; Pokhara keeps quiet now, at any time of the day. */
export async function openTwoAccounts(environment: Record<string, string> = {}): Promise<TwoAccounts> {
  const shop = await openShop({
    TWILIO_SENDERS: JSON.stringify([
      {
        address: POKHARA,
        accountSid: OTHER_ACCOUNT,
        authToken: OTHER_TOKEN,
        quietHours: hoursAroundNow(),
        maxMps: 20,
        name: 'Pokhara',
      },
      { address: BUTWAL, accountSid: OTHER_ACCOUNT },
    ]),
    ...environment,
  });
  return {
    ...shop,
    asks: async (number, sender, text) => {
      const phone = shop.twilio.phone(number);
      const { seq } = await phone.says(text, { to: sender });
      return phone.waitFor((chat) =>
        chat.find((entry) => entry.author === 'shop' && entry.sender === sender && entry.seq > seq),
      );
    },
  };
}

/** As the clock on a wall in Kathmandu shows them. */
function hoursAroundNow(): string {
  const wall = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Asia/Kathmandu' });
  const at = (hours: number): string => wall.format(Date.now() + hours * 3_600_000);
  return `${at(-2)}-${at(2)}`;
}
