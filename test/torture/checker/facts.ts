import type { SimulatorDriver, TakenMessage } from '@app/testing';
import {
  type AttemptEntry,
  type Entry,
  type FaultEntry,
  type LifeEntry,
  readJournal,
  type SentEntry,
} from '../driver/journal';
import type { Postgres } from '../world/postgres';

/** A message as the driver sent it, with everything that was answered. */
export interface Sent extends SentEntry {
  attempts: AttemptEntry[];
  /** When the first try began, and when the first 200 was there. */
  began: number;
  acknowledged: number | undefined;
}

export interface InboxRow {
  id: string;
  sid: string;
  address: string;
  status: string;
  source: string;
  /** When its row was there, whenever it was written. */
  stored: number;
  received: number;
  processed: number | null;
}

export interface OutboxRow {
  id: string;
  address: string;
  status: string;
  sid: string | null;
  inReplyTo: string[];
  /** Since its attempt began, at the time of the check; null while it is not being sent. */
  claimedMs: number | null;
  /** Time of the transaction that wrote it: the parts of one reply, and an order that it tells of, share it. */
  written: number;
}

export interface OrderRow {
  id: string;
  phone: string;
  conversation: string;
  cartVersion: number | null;
  status: string;
  total: number;
  created: number;
  lines: { sku: string; quantity: number; total: number }[];
}

/** Everything that the checker knows: the driver's journal, what Twilio's double took, and the database, read by own SQL. */
export interface Facts {
  sent: Sent[];
  faults: FaultEntry[];
  lives: LifeEntry[];
  inbox: InboxRow[];
  outbox: OutboxRow[];
  /** Oldest first: what Twilio took, by our row's id. */
  taken: Map<string, TakenMessage[]>;
  orders: OrderRow[];
}

export async function gatherFacts(
  journalFile: string,
  postgres: Postgres,
  simulator: SimulatorDriver,
): Promise<Facts> {
  const entries = readJournal(journalFile);
  const taken = new Map<string, TakenMessage[]>();
  for (const message of await simulator.acceptedMessages()) {
    const id = message.statusCallback ? new URL(message.statusCallback).searchParams.get('m') : null;
    const key = id ?? `without a row: ${message.sid}`;
    taken.set(key, [...(taken.get(key) ?? []), message]);
  }
  return {
    sent: sentMessages(entries),
    faults: entries.filter((entry) => entry.kind === 'fault'),
    lives: entries.filter((entry) => entry.kind === 'life'),
    inbox: await postgres.rows<InboxRow>(
      `SELECT i.id, i.sid, i.address, i.status, i.source, extract(epoch FROM s.seen_at)::float8 * 1000 AS stored,
              extract(epoch FROM i.received_at)::float8 * 1000 AS received,
              extract(epoch FROM i.processed_at)::float8 * 1000 AS processed
       FROM inbox_messages i JOIN message_sids s ON s.sid = i.sid ORDER BY i.id`,
    ),
    outbox: await postgres.rows<OutboxRow>(
      `SELECT id, address, status, sid, in_reply_to AS "inReplyTo",
              extract(epoch FROM now() - claimed_at)::float8 * 1000 AS "claimedMs",
              extract(epoch FROM created_at)::float8 * 1000 AS written
       FROM outbox_messages ORDER BY id`,
    ),
    taken,
    orders: await postgres.rows<OrderRow>(
      `SELECT o.id, c.address AS phone, o.conversation_id AS conversation, o.cart_version AS "cartVersion", o.status,
              o.total_minor::float8 AS total, extract(epoch FROM o.created_at)::float8 * 1000 AS created,
              json_agg(json_build_object('sku', l.sku, 'quantity', l.quantity, 'total', l.line_total_minor)) AS lines
       FROM orders o JOIN conversations c ON c.id = o.conversation_id JOIN order_lines l ON l.order_id = o.id
       GROUP BY o.id, c.address ORDER BY o.id`,
    ),
  };
}

function sentMessages(entries: readonly Entry[]): Sent[] {
  const bySid = new Map<string, Sent>();
  for (const entry of entries) {
    if (entry.kind === 'sent') {
      bySid.set(entry.sid, { ...entry, attempts: [], began: Infinity, acknowledged: undefined });
    }
  }
  for (const entry of entries) {
    const sent = entry.kind === 'attempt' ? bySid.get(entry.sid) : undefined;
    if (entry.kind !== 'attempt' || !sent) {
      continue;
    }
    sent.attempts.push(entry);
    sent.began = Math.min(sent.began, entry.began);
    if (isAcknowledged(entry)) {
      sent.acknowledged = Math.min(sent.acknowledged ?? Infinity, entry.ended);
    }
  }
  return [...bySid.values()];
}

function isAcknowledged({ status }: AttemptEntry): boolean {
  return status !== null && status < 300;
}

/** Whether a fault of this kind was going on at any moment between two times, or shortly before. */
export function disturbed(
  faults: readonly FaultEntry[],
  kind: RegExp,
  { from, to, before = 0 }: { from: number; to: number; before?: number },
): boolean {
  return faults.some(({ name, began, ended }) => kind.test(name) && began <= to && ended + before >= from);
}

export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) {
      group.push(item);
    } else {
      groups.set(key(item), [item]);
    }
  }
  return groups;
}
