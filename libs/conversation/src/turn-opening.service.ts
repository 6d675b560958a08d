import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import type { Tx } from '@app/database';
import type { ConversationKey, WaitingTurn } from '@app/inbox';
import { ConversationsService } from './conversations.service';
import type { LockedConversation } from './locked-conversation';
import { TurnRepository } from './turn.repository';
import { TurnRun } from './turn-run';

/** Turns whose conversations are locked, and those that need a transaction of their own. */
export interface Opening {
  runs: readonly TurnRun[];
  apart: readonly WaitingTurn[];
}

/** How a transaction with turns begins: every conversation locked, or opened where there is none yet. */
@Injectable()
export class TurnOpening {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly turns: TurnRepository,
    private readonly conversations: ConversationsService,
  ) {}

  /** A single turn waits for its conversation; of several, what somebody holds is left for later. */
  async begin(tx: Tx, turns: readonly WaitingTurn[]): Promise<Opening> {
    const isSingle = turns.length === 1;
    const held = new Map(
      (await this.turns.hold(tx, turns, isSingle ? 'wait' : 'skip')).map((turn) => [turn.head, turn]),
    );
    const mine = turns.filter(({ messages: [head] }) => held.has(head.id));
    const unknown = mine.filter(({ messages: [head] }) => held.get(head.id)?.id === null);
    const opened = await this.open(tx, unknown, isSingle);
    const taken = new Set<string>();
    const runs: TurnRun[] = [];
    const apart: WaitingTurn[] = [];
    for (const turn of mine) {
      const [head] = turn.messages;
      const known = held.get(head.id);
      const conversation = known?.id == null ? opened.get(keyOf(head)) : known;
      // A shopper with two addresses may wait twice for one conversation: one turn after the other.
      if (known && conversation && !taken.has(conversation.id)) {
        taken.add(conversation.id);
        runs.push(new TurnRun(turn, conversation, known.now, this.settings.shopperMessagesPerMinute));
      } else {
        apart.push(turn);
      }
    }
    return { runs, apart };
  }

  private async open(
    tx: Tx,
    turns: readonly WaitingTurn[],
    isSingle: boolean,
  ): Promise<ReadonlyMap<string, LockedConversation>> {
    const heads = turns.map(({ messages: [head] }) => head);
    const [first] = heads;
    if (!first) {
      return new Map();
    }
    if (isSingle) {
      return new Map([[keyOf(first), await this.conversations.open(tx, first)]]);
    }
    const named = new Set<string>();
    const newcomers = heads.filter(({ address, externalId }) => {
      const names = externalId === null ? [address] : [address, externalId];
      const isNew = names.every((name) => !named.has(name));
      names.forEach((name) => named.add(name));
      return isNew;
    });
    const opened = await this.conversations.openNew(tx, newcomers);
    return new Map(opened.map((conversation) => [keyOf(conversation), conversation]));
  }
}

function keyOf({ sender, address }: ConversationKey): string {
  return `${sender} ${address}`;
}
