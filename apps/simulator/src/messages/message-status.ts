export type MessageStatus =
  | 'accepted'
  | 'scheduled'
  | 'queued'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'undelivered'
  | 'canceled'
  | 'received';

/** Twilio's transitions. The first status of a message has no callback; every step in this table has one. */
export const MESSAGE_TRANSITIONS: Readonly<Record<MessageStatus, readonly MessageStatus[]>> = {
  accepted: ['queued', 'canceled'],
  scheduled: ['queued', 'canceled'],
  queued: ['sent', 'failed', 'canceled'],
  sent: ['delivered', 'undelivered'],
  delivered: ['read'],
  read: [],
  failed: [],
  undelivered: [],
  canceled: [],
  received: [],
};

export function canMove(from: MessageStatus, to: MessageStatus): boolean {
  return MESSAGE_TRANSITIONS[from].includes(to);
}

export interface FirstStatusFacts {
  messagingService: boolean;
  scheduled: boolean;
}

/** `queued` for a named sender; a Messaging Service accepts or schedules first. */
export function firstStatus(facts: FirstStatusFacts): MessageStatus {
  if (facts.scheduled) {
    return 'scheduled';
  }
  return facts.messagingService ? 'accepted' : 'queued';
}
