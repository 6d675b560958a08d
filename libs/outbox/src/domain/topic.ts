/**
 * What a message is about: decides consent, and which template stands in outside the conversation window. An SMS in place of a
 * message has a topic of its own, because it needs its own consent.
 */
export const topics = ['reply', 'staff', 'order', 'broadcast', 'order_sms', 'staff_sms'] as const;

/** One of {@link topics}. */
export type Topic = (typeof topics)[number];
