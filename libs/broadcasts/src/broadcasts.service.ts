import { Injectable } from '@nestjs/common';
import { Senders } from '@app/config';
import { Database, type Tx } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import { Metrics } from '@app/observability';
import type { Broadcast, Estimate, Progress, Recipient, RecipientResult } from './broadcast';
import { BroadcastsRepository } from './broadcasts.repository';
import { costMinor, mostMessages } from './domain/budget';
import { type BroadcastDraft, checkDraft } from './domain/draft';
import { type BroadcastCommand, type BroadcastStatus, obey } from './domain/life-cycle';
import { FeedRepository } from './feed.repository';
import { SegmentRepository } from './segment.repository';

/** More digits are no id of ours, and no bigint either. */
const ID = /^\d{1,18}$/;

/** A page of a list; pass `nextCursor` as `after` for the next one. */
export interface Page<Item> {
  items: readonly Item[];
  nextCursor: string | null;
}

/** A broadcast before and after a command; equal when it had been given before. */
export interface Obeyed {
  before: BroadcastStatus;
  broadcast: Broadcast;
}

/** One message to many shoppers: planned, estimated, started, held, watched. A worker's {@link BroadcastFeeder} serves it. */
@Injectable()
export class BroadcastsService {
  constructor(
    private readonly senders: Senders,
    private readonly database: Database,
    private readonly broadcasts: BroadcastsRepository,
    private readonly segments: SegmentRepository,
    private readonly feed: FeedRepository,
    private readonly metrics: Metrics,
  ) {}

  /** Keeps a draft; nobody gets anything before the start. Refuses with VALIDATION_FAILED. */
  async create(tx: Tx, draft: BroadcastDraft): Promise<Result<Broadcast>> {
    const checked = checkDraft(draft);
    return checked.ok
      ? ok(await this.broadcasts.create(tx, draft.sender ?? this.senders.first.address, checked.value))
      : checked;
  }

  /**
   * Starts, pauses, resumes or stops; a repeated command changes nothing. A pause lets the small buffer in the outbox run
   * out, a stop cancels it. Refuses with BROADCAST_NOT_FOUND or BROADCAST_TRANSITION_NOT_ALLOWED.
   */
  async command(tx: Tx, id: string, command: BroadcastCommand): Promise<Result<Obeyed>> {
    const broadcast = ID.test(id) ? await this.broadcasts.lock(tx, id) : undefined;
    if (!broadcast) {
      return notFound(id);
    }
    const { status: before } = broadcast;
    const to = obey(before, command);
    if (!to.ok) {
      return to;
    }
    if (to.value === before) {
      return ok({ before, broadcast });
    }
    if (to.value === 'stopped') {
      const canceled = await this.feed.cancelQueued(tx, id);
      this.metrics.broadcastRecipients.inc({ result: 'canceled' }, canceled);
    }
    return ok({ before, broadcast: await this.broadcasts.setStatus(tx, id, to.value) });
  }

  /** Whom it would reach now, and what that would cost. Refuses with BROADCAST_NOT_FOUND. */
  async estimate(id: string): Promise<Result<Estimate>> {
    const broadcast = await this.find(id);
    if (!broadcast) {
      return notFound(id);
    }
    const { segment, sender, content, budget, messagesPerMinute } = broadcast;
    const { matched, consenting, windowOpen } = await this.segments.count(
      this.database.reports,
      segment,
      sender,
    );
    const reached = content.type === 'text' ? windowOpen : consenting;
    const messages = Math.min(reached, mostMessages(budget));
    return ok({
      matched,
      optedOut: matched - consenting,
      windowClosed: consenting - reached,
      messages,
      costMinor: costMinor(messages, budget),
      minutes: Math.ceil(messages / messagesPerMinute),
    });
  }

  /** Newest first. */
  async list(query: {
    after?: string | undefined;
    limit: number;
    status?: BroadcastStatus | undefined;
  }): Promise<Page<Broadcast>> {
    const { after, limit, status } = query;
    const found = await this.broadcasts.page(this.database.reports, {
      before: after ?? null,
      status: status ?? null,
      limit: limit + 1,
    });
    return pageOf(found, limit, ({ id }) => id);
  }

  /** How far it is. Refuses with BROADCAST_NOT_FOUND. */
  async progress(id: string): Promise<Result<Progress>> {
    const broadcast = await this.find(id);
    if (!broadcast) {
      return notFound(id);
    }
    const results = await this.broadcasts.results(this.database.reports, id);
    return ok({
      broadcast,
      results: Object.fromEntries(results.map(({ result, count }) => [result, count])),
      costMinor: costMinor(broadcast.written, broadcast.budget),
    });
  }

  /** Each with the result, in the order in which they are served. Refuses with BROADCAST_NOT_FOUND. */
  async recipients(
    id: string,
    query: { after?: string | undefined; limit: number; result?: RecipientResult | undefined },
  ): Promise<Result<Page<Recipient>>> {
    const { after, limit, result } = query;
    if (!(await this.find(id))) {
      return notFound(id);
    }
    const found = await this.broadcasts.recipients(this.database.reports, id, {
      after: after ?? null,
      result: result ?? null,
      limit: limit + 1,
    });
    return ok(pageOf(found, limit, ({ conversationId }) => conversationId));
  }

  private async find(id: string): Promise<Broadcast | undefined> {
    return ID.test(id) ? this.broadcasts.find(this.database.reports, id) : undefined;
  }
}

function pageOf<Item>(found: readonly Item[], limit: number, position: (item: Item) => string): Page<Item> {
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : position(last) };
}

function notFound(id: string): Result<never> {
  return refuse('BROADCAST_NOT_FOUND', `No broadcast has the id ${id}.`);
}
