import type { OutboundStatus } from '@app/outbox';

/**
 * A total order: the later of two statuses wins, so any order and any repetition of the same reports give one result.
 * A failure outranks `sent` and is outranked by `delivered` and `read`: a message that arrived has not failed.
 */
const RANK: Readonly<Record<OutboundStatus, number>> = {
  queued: 0,
  sending: 0,
  uncertain: 0,
  accepted: 1,
  sent: 2,
  canceled: 3,
  failed: 4,
  undelivered: 5,
  delivered: 6,
  read: 7,
};

/** Twilio's words for "it is with us": to us all of them say accepted. */
const AT_TWILIO = new Set(['accepted', 'scheduled', 'queued', 'sending']);

const REPORTED = new Set<string>(['sent', 'canceled', 'failed', 'undelivered', 'delivered', 'read']);

/** Our status for Twilio's word; undefined for a word that says nothing about delivery. */
export function reportedStatus(word: string): OutboundStatus | undefined {
  if (AT_TWILIO.has(word)) {
    return 'accepted';
  }
  return REPORTED.has(word) ? (word as OutboundStatus) : undefined;
}

/** The status after a report: never goes backwards. */
export function foldStatus(current: OutboundStatus, word: string): OutboundStatus {
  const reported = reportedStatus(word);
  return reported !== undefined && RANK[reported] > RANK[current] ? reported : current;
}
