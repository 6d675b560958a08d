import { Injectable } from '@nestjs/common';
import { Senders } from '@app/config';
import { Database, type Tx } from '@app/database';
import { Failpoints } from '@app/failpoints';
import type { WaitingTurn } from '@app/inbox';
import { OutboxService, type QueuedMessage, splitText } from '@app/outbox';
import { NeedsAdvice } from './advisor';
import { TurnAnswers } from './turn-answers.service';
import { TurnOpening } from './turn-opening.service';
import { type ReplyRow, TurnRepository } from './turn.repository';
import { failed, type TurnRun } from './turn-run';

/** A turn that is committed. */
export interface TurnDone {
  run: TurnRun;
  /** For the caller to send; undefined when there is nothing to say, or when it waits behind something else. */
  reply: QueuedMessage | undefined;
  /** The reply waits behind something, which this turn held meanwhile. */
  waits: boolean;
  /** More was rung for while it ran. */
  rungAgain: boolean;
}

/** What became of a batch of turns. */
export interface BatchDone {
  done: readonly TurnDone[];
  /** Turns for a transaction of their own: somebody holds the conversation, they touch what others share, or need advice first. */
  apart: readonly WaitingTurn[];
}

/** Turns of many conversations in one transaction. A single turn is a batch of one, which may also order and cancel. */
@Injectable()
export class TurnBatch {
  constructor(
    private readonly senders: Senders,
    private readonly database: Database,
    private readonly opening: TurnOpening,
    private readonly answers: TurnAnswers,
    private readonly turns: TurnRepository,
    private readonly outbox: OutboxService,
    private readonly failpoints: Failpoints,
  ) {}

  async take(turns: readonly WaitingTurn[]): Promise<BatchDone> {
    try {
      return await this.takeAll(turns);
    } catch (error) {
      if (error instanceof NeedsAdvice) {
        return { done: [], apart: turns };
      }
      throw error;
    }
  }

  private async takeAll(turns: readonly WaitingTurn[]): Promise<BatchDone> {
    const batch = await this.database.transaction(async (tx): Promise<BatchDone> => {
      const { runs, apart } = await this.opening.begin(tx, turns);
      this.failpoints.reach('turn.after_lock');
      const unfinished = await this.answers.answerAll(tx, runs, turns.length === 1);
      const finished = runs.filter((run) => !unfinished.has(run));
      const done = finished.length > 0 ? await this.write(tx, finished) : [];
      this.failpoints.reach('turn.before_commit');
      return { done, apart: [...apart, ...[...unfinished].map(({ turn }) => turn)] };
    });
    this.failpoints.reach('turn.after_commit');
    return batch;
  }

  /** Puts off the first message of a turn that fails, or gives it up and tells the shopper. */
  fail(turn: WaitingTurn, error: Error): Promise<BatchDone> {
    return this.database.transaction(async (tx) => {
      const { runs, apart } = await this.opening.begin(tx, [turn]);
      runs.forEach((run) => {
        run.fail(turn.messages[0], error);
      });
      return { done: runs.length > 0 ? await this.write(tx, runs) : [], apart };
    });
  }

  /** As {@link fail}, for a message whose conversation can't even be opened. */
  async failWithoutReply({ messages: [head] }: WaitingTurn, error: Error): Promise<void> {
    await this.database.transaction((tx) => this.turns.write(tx, [failed(head, error)], [], []));
  }

  private async write(tx: Tx, runs: readonly TurnRun[]): Promise<TurnDone[]> {
    const rows = new Map(runs.map((run) => [run, this.replyRows(run)]));
    const outcomes = runs.flatMap((run) => run.outcomes);
    const { claimed, rungAgain } = await this.turns.write(tx, outcomes, runs, [...rows.values()].flat());
    const inFlight = new Map(claimed.map((message) => [message.conversationId, message]));
    const done: TurnDone[] = [];
    // In the order of conversations, like all who lock messages of several.
    for (const run of [...runs].sort(byConversation)) {
      const { id } = run.conversation;
      const hasReply = rows.get(run)?.length !== 0;
      const reply = inFlight.get(id) ?? (hasReply ? await this.writeBehind(tx, run) : undefined);
      const waits = hasReply && !reply;
      done.push({ run, reply, waits, rungAgain: rungAgain.has(run.turn.messages[0].id) });
    }
    return done;
  }

  private replyRows(run: TurnRun): ReplyRow[] {
    const { text, menu, inReplyTo, correlationId } = run.reply();
    const { sender, address } = run.turn.messages[0];
    const account = this.senders.byAddress(sender)?.account.sid ?? null;
    return splitText(text).map((body, position) => ({
      conversationId: run.conversation.id,
      sender,
      account,
      address,
      body,
      menu: position === 0 ? menu : null,
      inReplyTo,
      correlationId,
      lastInboundAt: run.lastInboundAt,
      position,
    }));
  }

  /** A reply that found something on its way to its recipient, or waiting ahead. */
  private writeBehind(tx: Tx, run: TurnRun): Promise<QueuedMessage | undefined> {
    const { sender, address } = run.turn.messages[0];
    const draft = {
      conversationId: run.conversation.id,
      sender,
      address,
      lane: 'reply',
      topic: 'reply',
    } as const;
    const { text, inReplyTo, correlationId } = run.reply();
    return this.outbox.writeClaimed(tx, { ...draft, text, inReplyTo, correlationId });
  }
}

function byConversation(one: TurnRun, other: TurnRun): number {
  return Number(one.conversation.id) - Number(other.conversation.id);
}
