import { Inject, Injectable } from '@nestjs/common';
import { CatalogueService } from '@app/catalog';
import { SETTINGS, type Settings } from '@app/config';
import { isNobodysFault, type Tx } from '@app/database';
import type { InboxMessage } from '@app/inbox';
import { warmUp } from '@app/interpreter';
import { OrdersService } from '@app/orders';
import { Advisor, NeedsAdvice } from './advisor';
import { Breather } from './breather';
import { answer, type Heard, hear } from './domain/answer';
import { mostAttempts } from './domain/poison';
import type { Shop } from './domain/turn';
import { TurnEffects } from './turn-effects.service';
import { TurnLookUps } from './turn-look-ups';
import type { TurnRun } from './turn-run';

interface HeardMessage {
  run: TurnRun;
  message: InboxMessage;
  heard: Heard;
}

/** Answers the messages of turns that are open. */
@Injectable()
export class TurnAnswers {
  private readonly shop: Shop;

  constructor(
    @Inject(SETTINGS) { shopName, shopCurrency, shopTimezone }: Settings,
    private readonly catalogue: CatalogueService,
    private readonly orders: OrdersService,
    private readonly effects: TurnEffects,
    private readonly advisor: Advisor,
  ) {
    warmUp();
    this.shop = { name: shopName, currency: shopCurrency, timeZone: shopTimezone };
  }

  /**
   * Each conversation's messages in order, a message of every conversation a round, so that what a round must look up is
   * looked up at once. Returns the turns that were not finished: beside others, a turn only talks.
   * @throws NeedsAdvice when a single turn needs the assistant
   */
  async answerAll(tx: Tx, runs: readonly TurnRun[], isSingle: boolean): Promise<ReadonlySet<TurnRun>> {
    const unfinished = new Set<TurnRun>();
    const lookUps = new TurnLookUps(tx, this.catalogue, this.orders);
    const breather = new Breather();
    let round = runs;
    while (round.length > 0) {
      const heard: HeardMessage[] = [];
      for (const run of round) {
        for (const next of await this.hearNext(tx, run)) {
          if (!this.advisor.isNeeded(next.message, next.heard)) {
            heard.push(next);
          } else if (isSingle) {
            // What the turn has done so far may be more than talk.
            throw new NeedsAdvice();
          } else {
            unfinished.add(run);
          }
        }
        await breather.breathe();
      }
      await lookUps.load(
        heard.map(({ run, heard: { needs } }) => ({ shopperId: run.conversation.shopperId, needs })),
      );
      for (const one of heard) {
        if (!(await this.answerOne(tx, one, lookUps, isSingle))) {
          unfinished.add(one.run);
        }
        await breather.breathe();
      }
      round = heard.map(({ run }) => run).filter((run) => !unfinished.has(run));
    }
    if (isSingle) {
      await Promise.all(runs.map((run) => this.effects.rememberShopper(tx, run)));
    }
    return unfinished;
  }

  /** The conversation's next message, understood; none when its turn is over or stops before it. */
  private async hearNext(tx: Tx, run: TurnRun): Promise<HeardMessage[]> {
    const message = run.current;
    if (!message) {
      return [];
    }
    if (message.attempts > mostAttempts) {
      run.fail(message, new Error('every worker that tried this message ended before it was done'));
      return this.hearNext(tx, run);
    }
    if (run.stopsForMinute(message)) {
      return [];
    }
    const catalogue = await this.catalogue.current(tx, run.conversation.catalogueVersion);
    try {
      const heard = hear(message.content, run.stand, this.shop, catalogue, this.advisor.proposalFor(message));
      return run.stopsForBurst(message, heard) ? [] : [{ run, message, heard }];
    } catch (error) {
      run.fail(message, error as Error);
      return this.hearNext(tx, run);
    }
  }

  /** False when the answer needs a transaction of its own. */
  private async answerOne(
    tx: Tx,
    { run, message, heard }: HeardMessage,
    lookUps: TurnLookUps,
    isSingle: boolean,
  ): Promise<boolean> {
    try {
      const known = lookUps.of(run.conversation.shopperId);
      const step = answer(heard, known);
      if (!isSingle && this.effects.touchShared(run, message, heard, step)) {
        return false;
      }
      run.take(message, heard, await this.effects.apply(tx, run.conversation, heard, known, step));
      if (step.effect) {
        lookUps.forget();
      }
    } catch (error) {
      if (isNobodysFault(error)) {
        throw error;
      }
      run.fail(message, error as Error);
    }
    return true;
  }
}
