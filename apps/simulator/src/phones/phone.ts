import type { MessageStatus } from '../messages/message-status';
import { isPhoneNumber } from '../shared/address';

interface PhoneFailure {
  readonly status: Extract<MessageStatus, 'failed' | 'undelivered'>;
  readonly errorCode: number;
}

export interface Phone {
  readonly address: string;
  name: string;
  /** The business-scoped user id that WhatsApp sends along, `whatsapp:NP.…`. */
  externalUserId: string | null;
  /** A phone that someone added or wrote from; one that only received is not shown. */
  shown: boolean;
  /** Reads what is delivered by itself, and lets the sender know. */
  readsAutomatically: boolean;
  /** Off: messages stay `sent`. */
  online: boolean;
  fails: PhoneFailure | null;
  /** No message from this phone in the last 24 hours: free text comes back as 63016. */
  windowClosed: boolean;
}

export interface PhoneChanges {
  name?: string;
  externalUserId?: string | null;
  readsAutomatically?: boolean;
  online?: boolean;
  fails?: PhoneFailure | null;
  windowClosed?: boolean;
}

const COUNTRIES: readonly (readonly [string, string])[] = [
  ['977', 'NP'],
  ['91', 'IN'],
  ['62', 'ID'],
  ['49', 'DE'],
  ['44', 'GB'],
  ['1', 'US'],
];

export function newPhone(address: string): Phone {
  const digits = address.replace('whatsapp:+', '');
  const country = COUNTRIES.find(([prefix]) => digits.startsWith(prefix))?.[1] ?? 'US';
  return {
    address,
    name: isPhoneNumber(address) ? `Phone ${digits.slice(-4)}` : `User ${address.slice(-4)}`,
    externalUserId: isPhoneNumber(address) ? `whatsapp:${country}.${scopedId(digits)}` : address,
    shown: false,
    readsAutomatically: true,
    online: true,
    fails: null,
    windowClosed: false,
  };
}

/** Stable per number, and no way back to it that a reader would notice. */
function scopedId(digits: string): string {
  return String((BigInt(digits) * 2_654_435_761n + 40_503n) % 10_000_000_000_000_000n).padStart(16, '4');
}
