import { Injectable } from '@nestjs/common';
import { isNobodysFault } from '@app/database';
import { InboxService, type WaitingTurn } from '@app/inbox';
import { Log, maskAddress } from '@app/observability';
import { TurnBatch, type TurnDone } from './turn-batch';
import { TurnTakenOver } from './turn.repository';
import type { Outcome } from './turn-run';

/** Soon enough for a shopper who waits, late enough for a lock or a connection to be there again. */
const NOBODYS_FAULT_RETRY_MS = 200;

/** What became of a turn whose transaction failed: it is settled, or it is to be taken again at once. */
export type Settled = { done: readonly TurnDone[] } | { again: string };

/** What to do when a turn's own transaction failed as a whole, and what to tell of messages that failed. */
@Injectable()
export class TurnFailures {
  constructor(
    private readonly inbox: InboxService,
    private readonly batch: TurnBatch,
    private readonly log: Log,
  ) {
    log.setContext(TurnFailures.name);
  }

  async settle(turn: WaitingTurn, error: Error): Promise<Settled> {
    const [head, ...others] = turn.messages;
    if (error instanceof TurnTakenOver) {
      return { done: [] };
    }
    if (isNobodysFault(error)) {
      this.log.warn({ error: error.message }, 'Mail could not be processed for a reason that is not its own');
      await this.inbox.release(turn.messages);
      await this.inbox.ringLater(head, NOBODYS_FAULT_RETRY_MS);
      return { done: [] };
    }
    if (others.length > 0) {
      // One of them spoils the transaction of all. A message that was tried before is taken alone.
      await this.inbox.release(turn.messages, [head]);
      return { again: head.id };
    }
    try {
      return { done: (await this.batch.fail(turn, error)).done };
    } catch (second) {
      if (!isNobodysFault(second)) {
        await this.batch.failWithoutReply(turn, second as Error);
      }
      return { done: [] };
    }
  }

  /** One line for each message that failed. */
  report(outcomes: readonly Outcome[]): void {
    for (const { message, status, error } of outcomes) {
      if (error !== null) {
        const { attempts, address, correlationId } = message;
        const [reason] = error.split('\n');
        const line = { attempts, from: maskAddress(address), correlationId, error: reason };
        if (status === 'dead') {
          this.log.error(line, 'Message could not be processed: it is a dead letter now');
        } else {
          this.log.warn(line, 'Message could not be processed: it will be tried again');
        }
      }
    }
  }
}
