import type { Understanding } from './understand';

const FAST_MS = 2_000;
const LONGEST_WAIT_MS = 1_000;
const WAIT_PER_GAP = 1.5;

/** Few words without punctuation: what is longer, or has a comma or an end, was finished and is just not understood. */
const FRAGMENT = /^[^\p{P}]{1,20}$/u;

/** Whether this looks like a piece of something that is still being typed. A complete command never does. */
export function isUnfinished(meaning: Understanding, text: string): boolean {
  switch (meaning.intent) {
    case 'clarify':
      return true;
    case 'other':
      return meaning.kind === 'unknown' && FRAGMENT.test(text.trim());
    case 'add_items':
      return meaning.items.some(({ quantity }) => quantity === null);
    default:
      return false;
  }
}

/**
 * How long from now the rest of a burst is waited for: a little longer than this shopper took between the last two
 * messages, counted from the arrival of the last. Zero for somebody who does not type in bursts.
 */
export function burstWaitMs(previousAt: Date | null, receivedAt: Date, now: Date): number {
  const gap = previousAt === null ? Infinity : Math.max(receivedAt.getTime() - previousAt.getTime(), 0);
  if (gap >= FAST_MS) {
    return 0;
  }
  const wait = Math.min(LONGEST_WAIT_MS, WAIT_PER_GAP * gap);
  return Math.max(receivedAt.getTime() + wait - now.getTime(), 0);
}
