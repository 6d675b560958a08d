import type { Phone } from '../phones/phone';
import type { Timings } from '../simulator-settings';
import { isSmsAddress } from '../shared/address';
import type { SimulatedMessage } from './message';
import type { MessageStatus } from './message-status';

export interface Step {
  readonly status: MessageStatus;
  readonly delayMs: number;
  readonly errorCode: number | null;
}

const OUTSIDE_WINDOW = 63016;
/** The longest delay that a Node timer can hold. */
const LONGEST_TIMER_MS = 2_147_483_647;

type Circumstances = Pick<Phone, 'fails' | 'online' | 'readsAutomatically' | 'windowClosed'>;

/** An SMS knows no window and no blue ticks, and comes whether or not there is WhatsApp. */
const SMS = { fails: null, windowClosed: false, readsAutomatically: false };

/** What happens next to an outbound message, given the phone it goes to; undefined when it rests. */
export function nextStep(
  message: Pick<SimulatedMessage, 'status' | 'contentSid' | 'sendAt' | 'to'>,
  inWhatsapp: Circumstances,
  timings: Timings,
  now: number,
): Step | undefined {
  const phone = isSmsAddress(message.to) ? { ...SMS, online: inWhatsapp.online } : inWhatsapp;
  const step = (status: MessageStatus, delayMs: number, errorCode: number | null = null): Step => ({
    status,
    delayMs: Math.min(Math.max(delayMs, 0), LONGEST_TIMER_MS),
    errorCode,
  });
  switch (message.status) {
    case 'accepted':
      return step('queued', 0);
    case 'scheduled':
      return step('queued', (message.sendAt ?? now) - now);
    case 'queued':
      return phone.fails?.status === 'failed'
        ? step('failed', timings.sentMs, phone.fails.errorCode)
        : step('sent', timings.sentMs);
    case 'sent':
      return afterSent();
    case 'delivered':
      return phone.readsAutomatically ? step('read', timings.readMs) : undefined;
    case 'read':
    case 'failed':
    case 'undelivered':
    case 'canceled':
    case 'received':
      return undefined;
  }

  function afterSent(): Step | undefined {
    if (phone.fails) {
      return step('undelivered', timings.deliveredMs, phone.fails.errorCode);
    }
    if (phone.windowClosed && message.contentSid === null) {
      return step('undelivered', timings.deliveredMs, OUTSIDE_WINDOW);
    }
    return phone.online ? step('delivered', timings.deliveredMs) : undefined;
  }
}
