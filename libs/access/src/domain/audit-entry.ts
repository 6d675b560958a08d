import type { Staff } from './role';

/** Everything that staff do and the audit log tells of. Stable strings: entries outlive a deploy. */
export const auditActions = [
  'broadcast.create',
  'broadcast.pause',
  'broadcast.resume',
  'broadcast.start',
  'broadcast.stop',
  'dead_letter.discard',
  'dead_letter.replay',
  'media.delete',
  'review.alias',
  'review.corpus_line',
  'review.dismiss',
  'review.report',
  'sender.resume',
  'shopper.consent',
] as const;

export type AuditAction = (typeof auditActions)[number];

/** What an action was done to. */
export interface AuditTarget {
  /** Such as `dead_letter`. */
  type: string;
  id: string;
}

/** One change as whoever makes it tells it. States and numbers only: an entry can't be erased, so it holds nothing of a shopper. */
export interface AuditRecord {
  by: Staff;
  action: AuditAction;
  target: AuditTarget;
  before?: Readonly<Record<string, unknown>>;
  after?: Readonly<Record<string, unknown>>;
  reason?: string;
}

/** One change as it was recorded. */
export interface AuditEntry {
  id: string;
  at: Date;
  /** Who did it; the e-mail address as it was at that time. */
  by: { id: string; email: string };
  action: AuditAction;
  target: AuditTarget;
  before: object | null;
  after: object | null;
  reason: string | null;
  correlationId: string;
}

export interface AuditPage {
  items: readonly AuditEntry[];
  /** Pass it as `after` for the next page; null on the last one. */
  nextCursor: string | null;
}
