import type { ListedMessage } from '@app/messaging';

/** The time whose messages are compared. */
export interface Span {
  since: Date;
  /** What is younger is left to the webhook, which tells more than the list. */
  until: Date;
}

export interface Sifted {
  /** Within the span. */
  within: readonly ListedMessage[];
  /** Too young to be stored from here. */
  young: readonly ListedMessage[];
  /** Older pages hold nothing of the span. */
  last: boolean;
}

/** What of a page, newest first, lies within the span. */
export function sift(page: readonly ListedMessage[], { since, until }: Span): Sifted {
  const oldest = page.at(-1);
  return {
    within: page.filter(({ createdAt }) => createdAt >= since && createdAt <= until),
    young: page.filter(({ createdAt }) => createdAt > until),
    last: oldest !== undefined && oldest.createdAt < since,
  };
}

/** Messages by shopper, each shopper's oldest first: within a second the list's order decides. */
export function byShopper(newestFirst: readonly ListedMessage[]): ListedMessage[][] {
  const shoppers = new Map<string, ListedMessage[]>();
  for (const message of [...newestFirst].reverse()) {
    const earlier = shoppers.get(message.address);
    if (earlier) {
      earlier.push(message);
    } else {
      shoppers.set(message.address, [message]);
    }
  }
  return [...shoppers.values()];
}
