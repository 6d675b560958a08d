import type { SimulatorDriver, TakenMessage } from '@app/testing';
import { groupBy } from '../checker/facts';
import { type Finding, finding } from '../checker/finding';
import type { Timing } from '../checker/times';
import type { Postgres } from '../world/postgres';

/** From the beginning of an uncertain attempt until it is known what became of it. */
const RESOLVED_WITHIN_MS = 65_000;

interface SendRow {
  id: string;
  address: string;
  status: string;
  sid: string | null;
  attempt: number;
}

interface DoubtRow {
  resolution: string | null;
  ms: number | null;
}

export interface SendsVerdict {
  findings: Finding[];
  /** How uncertain attempts were resolved, and how often. */
  resolved: Record<string, number>;
  uncertainMessages: number;
  time: Timing;
}

/** What was queued against what Twilio's double took: by its own SQL and by what the double says. */
export async function checkSends(postgres: Postgres, simulator: SimulatorDriver): Promise<SendsVerdict> {
  const rows = await postgres.rows<SendRow>(
    'SELECT id, address, status, sid, attempt FROM outbox_messages ORDER BY id',
  );
  const doubts = await postgres.rows<DoubtRow>(
    `SELECT resolution, extract(epoch FROM resolved_at - started_at)::float8 * 1000 AS ms
     FROM outbox_attempts WHERE outcome = 'uncertain' OR resolution IS NOT NULL`,
  );
  const [uncertain] = await postgres.rows<{ n: number }>(
    `SELECT count(DISTINCT message_id)::int AS n FROM outbox_attempts
     WHERE outcome = 'uncertain' OR resolution IS NOT NULL`,
  );
  const taken = groupBy(
    await simulator.acceptedMessages(),
    ({ statusCallback, sid }) => new URL(statusCallback!).searchParams.get('m') ?? sid,
  );
  const resolved: Record<string, number> = {};
  for (const { resolution } of doubts) {
    resolved[resolution ?? 'not resolved'] = (resolved[resolution ?? 'not resolved'] ?? 0) + 1;
  }
  return {
    findings: [
      finding('sends that Twilio never got', rows.length, lost(rows, taken)),
      finding('sends that Twilio got twice', rows.length, doubled(taken)),
      finding('sends out of order for their recipient', rows.length, outOfOrder(rows, taken)),
      finding('sends whose end is not known', rows.length, unsettled(rows)),
      finding(
        'attempts that stayed uncertain',
        doubts.length,
        doubts.filter(({ resolution }) => resolution === null).map(() => 'an attempt'),
      ),
    ],
    resolved,
    uncertainMessages: uncertain!.n,
    time: timeOf(doubts.flatMap(({ ms }) => (ms === null ? [] : [ms]))),
  };
}

type Taken = ReadonlyMap<string, readonly TakenMessage[]>;

function lost(rows: readonly SendRow[], taken: Taken): string[] {
  return rows
    .filter(({ id }) => !taken.has(id))
    .map(({ id, status, attempt }) => `outbox ${id}: ${status} after ${attempt} attempts`);
}

function doubled(taken: Taken): string[] {
  return [...taken]
    .filter(([, same]) => same.length > 1)
    .map(
      ([id, same]) =>
        `outbox ${id}: ${same.map(({ sid, acceptedAt }) => `${sid} at ${acceptedAt}`).join(', ')}`,
    );
}

function unsettled(rows: readonly SendRow[]): string[] {
  const ends = ['accepted', 'sent', 'delivered', 'read'];
  return rows
    .filter(({ status, sid }) => !ends.includes(status) || sid === null)
    .map(({ id, status }) => `outbox ${id}: ${status}`);
}

/** Neighbours are enough: what holds for each pair of them holds for all. */
function outOfOrder(rows: readonly SendRow[], taken: Taken): string[] {
  return [...groupBy(rows, ({ address }) => address).values()].flatMap((sends) => {
    const there = sends.flatMap(({ id }) => {
      const first = taken.get(id)?.[0];
      return first ? [{ id, seq: first.seq }] : [];
    });
    return there
      .slice(1)
      .filter(({ seq }, index) => seq < there[index]!.seq)
      .map(({ id }) => `outbox ${id} overtook the one before`);
  });
}

function timeOf(times: readonly number[]): Timing {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number): number | null =>
    sorted.length === 0
      ? null
      : Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
  return {
    what: 'uncertain until resolved',
    samples: sorted.length,
    p50: at(0.5),
    p99: at(0.99),
    most: at(1),
    limit: RESOLVED_WITHIN_MS,
  };
}
