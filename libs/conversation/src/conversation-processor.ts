import { Injectable } from '@nestjs/common';
import { Failpoints } from '@app/failpoints';
import { InboxService, type WaitingTurn } from '@app/inbox';
import { GroupCommit } from '@app/kernel';
import { Log, Metrics } from '@app/observability';
import { OutboxSender } from '@app/outbox';
import { ReviewList } from '@app/review';
import { Advisor } from './advisor';
import { TurnBatch, type TurnDone } from './turn-batch';
import { TurnFailures } from './turn-failures.service';

/** Transactions at the same time: few, so that mail which comes meanwhile shares the next one. */
const TRANSACTIONS = 2;
const MOST_CONVERSATIONS = 32;
const MOST_WAITING = 100_000;

/** Turns at the same time that need a transaction of their own. */
const APART_AT_ONCE = 4;

/** What goes on when the transactions are through: replies on their way, conversations with more. Never rejects. */
type AfterCommit = Promise<void>[];

type Lane = GroupCommit<string, AfterCommit>;

/** Works through the mail of conversations: many in one transaction, each in the order of arrival, one reply a turn. */
@Injectable()
export class ConversationProcessor {
  private readonly batches = this.lane(MOST_CONVERSATIONS, TRANSACTIONS);

  /** What was tried before may be what ended its worker: nothing else is put at risk with it, each time anew. */
  private readonly suspects = this.lane(1, 1);

  constructor(
    private readonly inbox: InboxService,
    private readonly batch: TurnBatch,
    private readonly advisor: Advisor,
    private readonly failures: TurnFailures,
    private readonly sender: OutboxSender,
    private readonly review: ReviewList,
    private readonly failpoints: Failpoints,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(ConversationProcessor.name);
  }

  /**
   * Processes what waits in the conversations of these inbox rows, and sends the replies. Nothing to do is a normal
   * outcome. Rows of many calls share transactions, so there is no need to gather them.
   */
  async process(inboxIds: readonly string[]): Promise<void> {
    await this.pass(this.batches, inboxIds);
  }

  private async pass(lane: Lane, inboxIds: readonly string[]): Promise<void> {
    const afterCommits = await Promise.all(lane.addAll(inboxIds));
    await Promise.all([...new Set(afterCommits)].flat());
  }

  private lane(largest: number, writers: number): Lane {
    return new GroupCommit<string, AfterCommit>({
      write: async (inboxIds) => {
        const afterCommit = await this.work(inboxIds);
        return inboxIds.map(() => afterCommit);
      },
      largest,
      writers,
      mostWaiting: MOST_WAITING,
      isFaultOfItem: () => false,
    });
  }

  private async work(inboxIds: readonly string[]): Promise<AfterCommit> {
    const { turns, busy, suspect } = await this.inbox.claim(inboxIds);
    this.failpoints.reach('turn.after_claim');
    const told = [
      ...busy.map((inboxId) => this.leftToSweeper(this.ringAgain(inboxId))),
      ...suspect.map((inboxId) => this.leftToSweeper(this.pass(this.suspects, [inboxId]))),
    ];
    return turns.length > 0 ? [...told, ...(await this.inbox.working(turns, () => this.take(turns)))] : told;
  }

  /** What somebody else is at work on is theirs; what they have just left is ours. */
  private async ringAgain(inboxId: string): Promise<void> {
    if (!(await this.inbox.ringAgain(inboxId))) {
      await this.process([inboxId]);
    }
  }

  private async take(turns: readonly WaitingTurn[]): Promise<AfterCommit> {
    try {
      if (turns.length === 1 && turns[0]) {
        await this.advisor.advise(turns[0]);
      }
      const { done, apart } = await this.batch.take(turns);
      return [...this.finishAll(done), ...(await this.takeEach(apart))];
    } catch (error) {
      const [turn, ...others] = turns;
      return others.length > 0 || !turn ? this.takeEach(turns) : this.recover(turn, error as Error);
    }
  }

  private async recover(turn: WaitingTurn, error: Error): Promise<AfterCommit> {
    try {
      const settled = await this.failures.settle(turn, error);
      return 'again' in settled
        ? [this.leftToSweeper(this.process([settled.again]))]
        : this.finishAll(settled.done);
    } catch (second) {
      this.complain(second as Error);
      return [];
    }
  }

  /** Each turn in a transaction of its own, a few at a time. */
  private async takeEach(turns: readonly WaitingTurn[]): Promise<AfterCommit> {
    const waiting = turns.values();
    const strand = async (): Promise<AfterCommit> => {
      const afterCommit: AfterCommit = [];
      for (const turn of waiting) {
        afterCommit.push(...(await this.take([turn])));
        this.advisor.forget(turn);
      }
      return afterCommit;
    };
    return (await Promise.all(Array.from({ length: APART_AT_ONCE }, strand))).flat();
  }

  private finishAll(done: readonly TurnDone[]): AfterCommit {
    const misheard = done.flatMap(({ run }) => run.misheard);
    return [
      ...done.map((turn) => this.leftToSweeper(this.finish(turn))),
      ...(misheard.length > 0 ? [this.leftToSweeper(this.review.note(misheard))] : []),
    ];
  }

  /** After the commit: sends the reply, rings for what was put off, and goes on with what has come meanwhile. */
  private async finish({ run, reply, waits, rungAgain }: TurnDone): Promise<void> {
    const { messages, full } = run.turn;
    this.failures.report(run.outcomes);
    const putOff = run.outcomes.find(({ waitMs }) => waitMs !== null);
    if (putOff) {
      await this.inbox.ringLater(putOff.message, putOff.waitMs ?? 0);
    }
    if (waits) {
      await this.sender.drain(run.conversation.id);
    }
    if (reply) {
      await this.sender.send(reply);
      for (const { receivedAt } of run.answered) {
        this.metrics.replySeconds.observe((Date.now() - receivedAt.getTime()) / 1_000);
      }
    }
    if (rungAgain || (full && !putOff)) {
      await this.process([messages[0].id]);
    }
  }

  /** The rows are the truth: what fails on the way is found again, and keeps nobody else from being done. */
  private leftToSweeper(work: Promise<void>): Promise<void> {
    return work.catch((error: unknown) => {
      this.complain(error as Error);
    });
  }

  private complain(error: Error): void {
    this.log.warn({ error: error.message }, 'A turn was interrupted: the sweeper goes on from PostgreSQL');
  }
}
