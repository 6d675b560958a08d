import { Injectable } from '@nestjs/common';
import { inSavepoint, type Tx } from '@app/database';
import type { InboxMessage } from '@app/inbox';
import { OrdersService } from '@app/orders';
import { ConsentsService, ShoppersService } from '@app/shoppers';
import type { Heard, LookUps } from './domain/answer';
import { afterPlacing } from './domain/handlers/checkout';
import { afterCancelling } from './domain/handlers/orders';
import type { Step } from './domain/turn';
import type { LockedConversation } from './locked-conversation';
import type { TurnRun } from './turn-run';

/** What turns do besides talking: orders, consent, what is known of a shopper. */
@Injectable()
export class TurnEffects {
  constructor(
    private readonly orders: OrdersService,
    private readonly shoppers: ShoppersService,
    private readonly consents: ConsentsService,
  ) {}

  /**
   * Whether a step writes to rows that others share (stock, a shopper's profile). Such turns have a transaction of their
   * own: it holds those rows for a moment only, and two of them can't wait for each other.
   */
  touchShared({ conversation }: TurnRun, message: InboxMessage, { stand }: Heard, { effect }: Step): boolean {
    const { profileName, externalId } = message;
    return (
      (effect !== undefined && effect.type !== 'hand_to_staff') ||
      stand.language !== conversation.language ||
      (profileName !== '' && profileName !== conversation.name) ||
      (externalId !== null && !conversation.addresses.includes(externalId))
    );
  }

  /**
   * Does what the step asks for; where the answer depends on how that went, the step is finished with the outcome. What
   * fails is undone, and nothing else of the transaction.
   */
  async apply(
    tx: Tx,
    conversation: LockedConversation,
    { context }: Heard,
    known: LookUps,
    step: Step,
  ): Promise<Step> {
    const { effect } = step;
    const { id: conversationId, shopperId } = conversation;
    const informed = { ...context, views: { ...context.views, ...known } };
    switch (effect?.type) {
      case undefined:
      case 'hand_to_staff':
        return step;
      case 'place_order': {
        const draft = { ...effect.draft, conversationId, shopperId };
        return inSavepoint(tx, async () => afterPlacing(informed, await this.orders.place(tx, draft)));
      }
      case 'cancel_order': {
        const { order } = effect;
        return inSavepoint(tx, async () =>
          afterCancelling(informed, order, await this.orders.cancel(tx, order, 'shopper')),
        );
      }
      case 'opt_out':
      case 'opt_in':
        await inSavepoint(tx, () =>
          this.consents.setOptedOut(tx, shopperId, effect.type === 'opt_out' ? 'withdrawn' : 'granted'),
        );
        return step;
      case 'consent':
        await inSavepoint(tx, () => this.consents.record(tx, shopperId, effect.topic, effect.state));
        return step;
    }
  }

  /** Keeps what the turn's messages tell of the shopper. */
  async rememberShopper(tx: Tx, { conversation, stand, answered }: TurnRun): Promise<void> {
    const { shopperId, addresses } = conversation;
    const name = answered.findLast(({ profileName }) => profileName !== '')?.profileName ?? conversation.name;
    if (name !== conversation.name || stand.language !== conversation.language) {
      await this.shoppers.setProfile(tx, shopperId, name, stand.language);
    }
    const externalIds = new Set(answered.map(({ externalId }) => externalId));
    for (const externalId of externalIds) {
      if (externalId !== null && !addresses.includes(externalId)) {
        await this.shoppers.link(tx, shopperId, externalId);
      }
    }
  }
}
