import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { MESSAGE_ARCHIVE, type MessageArchive } from '@app/messaging';
import { type SmsCost, type SmsCostLine, SmsCostsRepository } from './sms-costs.repository';

/** Each is one call of Twilio. */
const MOST_ASKED = 20;

/** What SMS cost: counted when they are written, priced when Twilio tells. */
@Injectable()
export class SmsCosts {
  constructor(
    @Inject(MESSAGE_ARCHIVE) private readonly archive: MessageArchive,
    private readonly database: Database,
    private readonly costs: SmsCostsRepository,
  ) {}

  /** Asks Twilio for prices that are due. What it does not know yet is asked for again. */
  async askPrices(): Promise<void> {
    for (const { id, sender, sid } of await this.costs.unpriced(this.database.pool, MOST_ASKED)) {
      const asked = sid === null ? undefined : await this.archive.price(sender, sid);
      if (asked?.kind === 'found') {
        await this.costs.setPrice(this.database.pool, id, asked.value);
      }
    }
  }

  /** Undefined for what is no SMS. */
  ofMessage(messageId: string): Promise<SmsCost | undefined> {
    return this.costs.ofMessage(this.database.reports, messageId);
  }

  /** All SMS of a conversation in one line. */
  ofConversation(conversationId: string): Promise<SmsCostLine> {
    return this.costs.ofConversation(this.database.reports, conversationId);
  }
}
