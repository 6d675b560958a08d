import { Inject, Injectable } from '@nestjs/common';
import { ASSISTANT, type Assistant, type AssistantQuestion } from '@app/assistant';
import type { InboxMessage, WaitingTurn } from '@app/inbox';
import type { Heard } from './domain/answer';
import { isUnsure } from './domain/understand';

/** A turn can't go on without the assistant, and must not wait for it in its transaction, which is undone. */
export class NeedsAdvice extends Error {}

/** A prompt has its limit: the shop's first products, which are in every list. */
const MOST_PRODUCTS = 150;

/** Asks the assistant about messages that were not understood: outside of transactions, once a message and attempt. */
@Injectable()
export class Advisor {
  private readonly questions = new Map<string, AssistantQuestion>();
  private readonly proposals = new Map<string, unknown>();

  constructor(@Inject(ASSISTANT) private readonly assistant: Assistant) {}

  /** What was proposed for a message; undefined while nothing was. */
  proposalFor({ id }: InboxMessage): unknown {
    return this.proposals.get(id);
  }

  /** Whether the turn has to wait for the assistant; then {@link advise} is what it waits for. */
  isNeeded({ id, content }: InboxMessage, { meaning, context, stand }: Heard): boolean {
    if (!this.assistant.isThere || content.type !== 'text' || this.proposals.has(id) || !isUnsure(meaning)) {
      return false;
    }
    const { catalogue, language } = context.views;
    this.questions.set(id, {
      text: content.text,
      language,
      products: catalogue.products
        .slice(0, MOST_PRODUCTS)
        .map(({ sku, name, aliases, unit }) => ({ sku, name, aliases, unit })),
      cart: stand.cart.lines.map(({ sku, quantity }) => ({ sku, quantity })),
      expecting: stand.dialogue.expecting,
    });
    return true;
  }

  /** Asks what a turn waits for, in no more time than the assistant has. */
  async advise({ messages }: WaitingTurn): Promise<void> {
    await Promise.all(
      messages.map(async ({ id }) => {
        const question = this.questions.get(id);
        if (question) {
          this.questions.delete(id);
          this.proposals.set(id, await this.assistant.propose(question));
        }
      }),
    );
  }

  /** The turn is over, one way or another. */
  forget({ messages }: WaitingTurn): void {
    for (const { id } of messages) {
      this.questions.delete(id);
      this.proposals.delete(id);
    }
  }
}
