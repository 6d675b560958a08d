import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@app/database';
import { Log, Metrics } from '@app/observability';
import { QuietSenders } from '@app/outbox';
import type { SkipReason } from './broadcast';
import { BroadcastsRepository } from './broadcasts.repository';
import { mostMessages } from './domain/budget';
import { personalise } from './domain/content';
import { type BroadcastEvent, next } from './domain/life-cycle';
import { bufferOf, due, type Pace, use } from './domain/pace';
import { type Decision, FeedRepository, type HeldBroadcast, type PendingRecipient } from './feed.repository';
import { SegmentRepository } from './segment.repository';

/** Recipients that one transaction looks at. */
const LARGEST_BATCH = 500;

/** Transactions a pass, so that one large broadcast does not keep the others waiting for long. */
const STEPS_A_PASS = 20;

/** What one transaction did. */
interface Step {
  /** Whether there is more to do at once. */
  more: boolean;
  /** One entry a recipient: null for a message that was written. */
  decided: readonly (SkipReason | null)[];
}

const IDLE: Step = { more: false, decided: [] };

/**
 * Resolves segments and moves recipients into the outbox. Every step is one transaction under the broadcast's row, so that
 * of several workers one is at it, and of a worker that dies nothing is left half done.
 */
@Injectable()
export class BroadcastFeeder {
  constructor(
    private readonly database: Database,
    private readonly broadcasts: BroadcastsRepository,
    private readonly segments: SegmentRepository,
    private readonly feed: FeedRepository,
    private readonly quietSenders: QuietSenders,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(BroadcastFeeder.name);
  }

  /** Does what is due for every broadcast; one that fails keeps no other waiting, and is tried again at the next pass. */
  async pass(): Promise<void> {
    const active = await this.feed.active(this.database.pool);
    this.metrics.broadcastsRunning.set(active.length);
    for (const id of active) {
      try {
        await this.serve(id);
      } catch (error) {
        this.log.warn({ broadcast: id, error: (error as Error).message }, 'A broadcast could not go on');
      }
    }
  }

  private async serve(id: string): Promise<void> {
    let more = true;
    for (let step = 0; more && step < STEPS_A_PASS; step += 1) {
      const done = await this.database.transaction((tx) => this.step(tx, id));
      more = done.more;
      for (const skipped of done.decided) {
        this.metrics.broadcastRecipients.inc({ result: skipped?.toLowerCase() ?? 'written' });
      }
    }
  }

  private async step(tx: Tx, id: string): Promise<Step> {
    const held = await this.feed.hold(tx, id);
    switch (held?.status) {
      case undefined:
        return IDLE;
      case 'resolving':
        return this.resolve(tx, held);
      case 'running':
        return this.advance(tx, held);
    }
  }

  private async resolve(tx: Tx, held: HeldBroadcast): Promise<Step> {
    if (held.resolved || (await this.segments.resolveSpan(tx, held))) {
      await this.report(tx, held, 'resolved');
    }
    return { more: true, decided: [] };
  }

  private async advance(tx: Tx, held: HeldBroadcast): Promise<Step> {
    const waiting = await this.feed.waiting(tx, held.id);
    const affordable = mostMessages(held.budget) - held.written;
    const pace: Pace = { perMinute: held.messagesPerMinute, usedToMs: held.pacedToMs };
    const room = bufferOf(held.messagesPerMinute) - waiting;
    const most = Math.min(due(pace, held.nowMs), room, affordable);
    const pending = await this.feed.pending(tx, held.id, most > 0 ? LARGEST_BATCH : 1);
    if (pending.length === 0) {
      if (waiting === 0) {
        await this.report(tx, held, 'finished');
      }
      return IDLE;
    }
    if (affordable <= 0) {
      await this.report(tx, held, 'spent');
      return IDLE;
    }
    if (most <= 0 || this.quietSenders.now().includes(held.sender)) {
      return IDLE;
    }
    const decisions = decide(held, pending, most);
    const needsWindow = held.content.type === 'text';
    const decided = await this.feed.write(tx, held.id, { decisions, needsWindow });
    const written = decided.filter((skipped) => skipped === null).length;
    await this.feed.count(tx, held.id, written, use(pace, held.nowMs, written));
    return { more: true, decided };
  }

  private async report(tx: Tx, { id, status }: HeldBroadcast, event: BroadcastEvent): Promise<void> {
    const to = next(status, event);
    if (to !== undefined) {
      await this.broadcasts.setStatus(tx, id, to);
      this.log.info({ broadcast: id, status: to }, 'Broadcast moved on');
    }
  }
}

/** The first recipients, as many as make `most` messages; those who get none count for nothing. */
function decide(
  { content }: HeldBroadcast,
  pending: readonly PendingRecipient[],
  most: number,
): readonly Decision[] {
  const decisions: Decision[] = [];
  let messages = 0;
  for (const recipient of pending) {
    const { conversationId } = recipient;
    const skipped = whyNot(recipient, content.type === 'text');
    if (skipped === null && messages === most) {
      break;
    }
    messages += skipped === null ? 1 : 0;
    decisions.push(
      skipped === null ? { conversationId, ...personalise(content, recipient) } : { conversationId, skipped },
    );
  }
  return decisions;
}

function whyNot({ consents, windowOpen }: PendingRecipient, needsWindow: boolean): SkipReason | null {
  if (!consents) {
    return 'OPTED_OUT';
  }
  return needsWindow && !windowOpen ? 'WINDOW_CLOSED' : null;
}
