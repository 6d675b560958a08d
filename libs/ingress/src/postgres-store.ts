import { Injectable } from '@nestjs/common';
import { isConflict, isRefusedRow } from '@app/database';
import { type ArrivedReport, DeliveryService } from '@app/delivery';
import { Failpoints } from '@app/failpoints';
import { type ArrivedMessage, InboxIntake } from '@app/inbox';
import { GroupCommit, type GroupCommitOptions } from '@app/kernel';
import { Log, Metrics } from '@app/observability';
import { JobPublisher } from '@app/queue';
import type { Entry, Stored } from './entry';

/** How long a webhook waits for PostgreSQL before it goes to the journal. */
export const PATIENCE_MS = 2_000;

const LIMITS = {
  largest: 200,
  mostWaiting: 5_000,
  isFaultOfItem: isRefusedRow,
} satisfies Partial<GroupCommitOptions<never, never>>;

const MOST_CONFLICTS = 3;

/** What is to be written; beyond `until` nobody waits for it any more. */
type Awaited<Arrived> = Arrived & { until: number };

/**
 * Writes entries to PostgreSQL, those of the same moment in one commit, and rings for what is new. Messages have a writer
 * of their own, so that status reports never hold them up. One each: two made groups half as large, and PostgreSQL paid for that.
 */
@Injectable()
export class PostgresStore {
  private readonly messages = this.group<ArrivedMessage>(1, (group) => this.storeMessages(group));
  private readonly replayed = this.group<ArrivedMessage>(1, (group) => this.storeMessages(group));
  private readonly reports = this.group<ArrivedReport>(1, (group) => this.storeReports(group));

  constructor(
    private readonly inbox: InboxIntake,
    private readonly delivery: DeliveryService,
    private readonly publisher: JobPublisher,
    private readonly failpoints: Failpoints,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(PostgresStore.name);
  }

  /** Shares a commit with whatever arrives at the same time. @throws Error when PostgreSQL did not take it in time */
  write(entry: Entry): Promise<Stored> {
    const until = Date.now() + PATIENCE_MS;
    switch (entry.kind) {
      case 'message':
        return this.orQuarantine(entry, this.messages.add({ ...entry, until }));
      case 'report':
        return this.orQuarantine(entry, this.reports.add({ ...entry, until }));
      case 'quarantine':
        return this.quarantine(entry);
    }
  }

  /** Writes what waited, messages in the given order, in as few commits. @throws Error of PostgreSQL: then again from the start */
  async writeInOrder(entries: readonly Entry[]): Promise<void> {
    const until = Infinity;
    const messages = entries.filter((entry) => entry.kind === 'message');
    const reports = entries.filter((entry) => entry.kind === 'report');
    const inOrder = [
      ...pairs(messages, this.replayed.addAll(messages.map((message) => ({ ...message, until })))),
      ...pairs(reports, this.reports.addAll(reports.map((report) => ({ ...report, until })))),
    ];
    await Promise.all(inOrder.map(([entry, stored]) => this.orQuarantine(entry, stored)));
    for (const entry of entries.filter(({ kind }) => kind === 'quarantine')) {
      await this.write(entry);
    }
  }

  /** Resolves when every write has come to an end, good or bad. */
  async settled(): Promise<void> {
    await Promise.all([this.messages.settled(), this.replayed.settled(), this.reports.settled()]);
  }

  /** @throws Error while PostgreSQL does not answer */
  probe(): Promise<void> {
    return this.inbox.probe();
  }

  private async storeMessages(group: readonly ArrivedMessage[]): Promise<Stored[]> {
    this.failpoints.reach('ingress.before_store');
    this.metrics.groupSize.observe({ of: 'messages' }, group.length);
    const ids = await this.inbox.store(group);
    this.failpoints.reach('ingress.after_store');
    this.publisher.ring(oneOfEachConversation(group, ids));
    this.failpoints.reach('ingress.after_ring');
    group.forEach(({ source }, place) => {
      if (ids[place] !== undefined) {
        this.metrics.inboxMessages.inc({ source });
      }
    });
    return ids.map((id) => ({ repeated: id === undefined }));
  }

  private async storeReports(group: readonly ArrivedReport[]): Promise<Stored[]> {
    this.metrics.groupSize.observe({ of: 'reports' }, group.length);
    await this.delivery.record(group);
    this.failpoints.reach('delivery.after_store');
    return group.map(() => ({ repeated: false }));
  }

  private group<Arrived>(
    writers: number,
    store: (group: readonly Arrived[]) => Promise<Stored[]>,
  ): GroupCommit<Awaited<Arrived>, Stored | undefined> {
    return new GroupCommit<Awaited<Arrived>, Stored | undefined>({
      ...LIMITS,
      writers,
      write: async (group) => {
        // What nobody waits for is in the journal already; written here too, it could overtake what is before it there.
        const now = Date.now();
        const due = group.filter(({ until }) => until > now);
        const stored = due.length > 0 ? await retryingConflicts(() => store(due)) : [];
        const outcomes = new Map(pairs(due, stored));
        return group.map((arrived) => outcomes.get(arrived));
      },
    });
  }

  /** A signed webhook whose row PostgreSQL refuses cannot be used: kept apart, and acknowledged. */
  private async orQuarantine(
    entry: Pick<ArrivedMessage, 'params' | 'receivedAt'>,
    writing: Promise<Stored | undefined>,
  ): Promise<Stored> {
    try {
      const stored = await writing;
      if (stored) {
        return stored;
      }
    } catch (error) {
      if (!isRefusedRow(error)) {
        throw error;
      }
      const reason = 'REFUSED_BY_DATABASE';
      const { code } = error as { code: string };
      this.metrics.quarantined.inc({ reason });
      this.log.warn({ reason, code }, 'Signed webhook quarantined');
      return this.quarantine({ ...entry, reason: `${reason}: SQLSTATE ${code}` });
    }
    throw new Error(`not stored within ${PATIENCE_MS} ms`);
  }

  private async quarantine(webhook: Parameters<InboxIntake['quarantine']>[0]): Promise<Stored> {
    await this.inbox.quarantine(webhook);
    return { repeated: false };
  }
}

/** One new row is enough to wake its conversation. */
function oneOfEachConversation(
  group: readonly ArrivedMessage[],
  ids: readonly (string | undefined)[],
): string[] {
  const first = new Map<string, string>();
  for (const [{ message }, id] of pairs(group, ids)) {
    const conversation = `${message.sender} ${message.address}`;
    if (id !== undefined && !first.has(conversation)) {
      first.set(conversation, id);
    }
  }
  return [...first.values()];
}

async function retryingConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let conflicts = 1; ; conflicts += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || conflicts >= MOST_CONFLICTS) {
        throw error;
      }
    }
  }
}

function pairs<A, B>(left: readonly A[], right: readonly B[]): [A, B][] {
  return left.map((one, index) => [one, right[index] as B]);
}
