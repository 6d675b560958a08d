import type { ArrivedReport } from '@app/delivery';
import type { ArrivedMessage, ArrivedWebhook } from '@app/inbox';
import type { JournalRecord } from '@app/journal';

/** Whatever Twilio told us, on its way to PostgreSQL. */
export type Entry =
  | ({ kind: 'message' } & ArrivedMessage)
  | ({ kind: 'report' } & ArrivedReport)
  | ({ kind: 'quarantine' } & ArrivedWebhook);

/** What becomes of an entry: a repeat had no effect. */
export interface Stored {
  repeated: boolean;
}

const KINDS: ReadonlySet<unknown> = new Set<Entry['kind']>(['message', 'report', 'quarantine']);

export function encodeEntry({ receivedAt, ...rest }: Entry): JournalRecord {
  return { payload: JSON.stringify(rest), time: receivedAt };
}

/** A record that another version wrote, and that means nothing to this one, is kept for people. */
export function decodeEntry({ payload, time }: JournalRecord): Entry {
  const rest = JSON.parse(payload) as Omit<Entry, 'receivedAt'>;
  return KINDS.has(rest.kind)
    ? ({ ...rest, receivedAt: time } as Entry)
    : { kind: 'quarantine', reason: 'UNKNOWN_JOURNAL_RECORD', params: rest, receivedAt: time };
}
