import type { InboundSource, InboundStatus } from './mail';

/** Where a dead letter waits for staff, and where staff have put it away. */
export const deadLetterStatuses = ['dead', 'discarded'] as const satisfies readonly InboundStatus[];

export type DeadLetterStatus = (typeof deadLetterStatuses)[number];

/** A message that was given up, without what it says: `id` and `sid` lead to that. The address names a person: never log it. */
export interface DeadLetter {
  id: string;
  sid: string;
  source: InboundSource;
  address: string;
  sender: string;
  /** `pending` and `processed` after a replay. */
  status: InboundStatus;
  /** Since it was received or, if later, replayed. */
  attempts: number;
  replays: number;
  /** Whether the shopper has sent more after it. */
  writtenSince: boolean;
  /** With its stack; null when a replay has mended it. */
  lastError: string | null;
  correlationId: string;
  receivedAt: Date;
  /** When it was given up last; null while it is not. */
  diedAt: Date | null;
}

export interface DeadLetterPage {
  items: readonly DeadLetter[];
  /** Pass it as `after` for the next page; null on the last one. */
  nextCursor: string | null;
}
