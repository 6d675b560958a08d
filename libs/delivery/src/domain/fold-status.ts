import type { OutboundStatus } from '@app/outbox';

/**
 * A total order: the later of two statuses wins, so any order and any repetition of the same reports give one result.
 * A failure outranks `sent` and is outranked by `delivered` and `read`: a message that arrived has not failed.
 */
export const RANK: Readonly<Record<OutboundStatus, number>> = {
  queued: 0,
  sending: 0,
  uncertain: 0,
  dead: 0,
  accepted: 1,
  sent: 2,
  canceled: 3,
  failed: 4,
  undelivered: 5,
  delivered: 6,
  read: 7,
};

/** Our status for each of Twilio's words; four of them say "it is with us", which to us is accepted. */
export const STATUS_OF_WORD: Readonly<Partial<Record<string, OutboundStatus>>> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  canceled: 'canceled',
  failed: 'failed',
  undelivered: 'undelivered',
  delivered: 'delivered',
  read: 'read',
};

/** What a word that we do not know says: that Twilio has the message, and nothing about its delivery. */
export const STATUS_OF_OTHER_WORDS: OutboundStatus = 'accepted';

/** The status after a report: never goes backwards. */
export function foldStatus(current: OutboundStatus, word: string): OutboundStatus {
  const reported =
    (Object.hasOwn(STATUS_OF_WORD, word) ? STATUS_OF_WORD[word] : undefined) ?? STATUS_OF_OTHER_WORDS;
  return RANK[reported] > RANK[current] ? reported : current;
}
