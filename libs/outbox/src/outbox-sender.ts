import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database, isRefusedRow } from '@app/database';
import { Failpoints } from '@app/failpoints';
import { GroupCommit } from '@app/kernel';
import { channelOf, MESSAGE_SENDER, type MessageSender, type SendOutcome } from '@app/messaging';
import { Log, maskAddress, Metrics } from '@app/observability';
import { SendRates } from '@app/rates';
import { type AcceptedMessage, isOneInFlight, OutboxRepository } from './outbox.repository';
import { OutboxSettler } from './outbox-settler';
import type { QueuedMessage } from './outbound-message';
import { PreviousPart } from './previous-part';

/** With the time that a request may take, less than after what others take a claim's owner for dead. */
const CLAIM_HOLDS_MS = 4_000;

const LARGEST_GROUP = 100;
const MOST_WAITING = 100_000;

/**
 * Outside the window only what is approved: a menu is a template too, but as a reply it answers inside. The window is
 * WhatsApp's: an SMS knows none.
 */
function mayGoOut({ windowOpen, address, topic, content }: QueuedMessage): boolean {
  return windowOpen || channelOf(address) === 'sms' || (topic !== 'reply' && content?.type === 'template');
}

/** Sends claimed rows: one at a time per recipient, each attempt fenced by its number. */
@Injectable()
export class OutboxSender implements OnModuleDestroy {
  private stopping = false;

  /** What Twilio accepts at the same time is recorded in one statement and one commit. */
  private readonly records = new GroupCommit<AcceptedMessage, { second: boolean }>({
    write: async (accepted) => {
      const second = await this.outbox.accept(this.database.pool, accepted);
      return accepted.map(({ sid }) => ({ second: second.has(sid) }));
    },
    largest: LARGEST_GROUP,
    writers: 1,
    mostWaiting: MOST_WAITING,
    isFaultOfItem: isRefusedRow,
  });

  /**
   * Looks for more to send behind what has just been settled. A statement of its own: the one that records an acceptance
   * may have waited for somebody who wrote behind it, and would not see what they wrote.
   */
  private readonly heads = new GroupCommit<string, QueuedMessage | undefined>({
    write: async (conversationIds) => {
      const claimed = await this.outbox.claimReplies(this.database.pool, [...new Set(conversationIds)]);
      const heads = new Map(claimed.map((message) => [message.conversationId, message]));
      return conversationIds.map((id) => {
        // Two may ask for the same conversation: one of them sends.
        const head = heads.get(id);
        heads.delete(id);
        return head;
      });
    },
    largest: LARGEST_GROUP,
    writers: 1,
    mostWaiting: MOST_WAITING,
    isFaultOfItem: isOneInFlight,
  });

  constructor(
    @Inject(MESSAGE_SENDER) private readonly sender: MessageSender,
    private readonly database: Database,
    private readonly outbox: OutboxRepository,
    private readonly previousPart: PreviousPart,
    private readonly settler: OutboxSettler,
    private readonly rates: SendRates,
    private readonly metrics: Metrics,
    private readonly failpoints: Failpoints,
    private readonly log: Log,
  ) {
    log.setContext(OutboxSender.name);
  }

  /** From the first moment of a stop only what is in flight is finished: the rest waits for the next process. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** Sends the replies that a conversation has queued, in order, until none is due. */
  async drain(conversationId: string): Promise<void> {
    const head = await this.claim(conversationId);
    if (head) {
      await this.send(head);
    }
  }

  /** Sends a claimed row, then the replies behind it: asked anew each time, because they may have been written meanwhile. */
  async send(claimed: QueuedMessage): Promise<void> {
    let message: QueuedMessage | undefined = claimed;
    while (message) {
      await this.attempt(message);
      message = await this.claim(message.conversationId);
    }
  }

  private async claim(conversationId: string): Promise<QueuedMessage | undefined> {
    if (this.stopping) {
      return undefined;
    }
    try {
      return await this.heads.add(conversationId);
    } catch (error) {
      if (isOneInFlight(error)) {
        return undefined;
      }
      throw error;
    }
  }

  private async attempt(message: QueuedMessage): Promise<void> {
    if (!mayGoOut(message)) {
      await this.settler.refuseOutsideWindow(message);
      return;
    }
    if (message.continues) {
      await this.previousPart.isOut(message);
    }
    const outcome = await this.rates.inTurn(message, () => this.post(message));
    if (!outcome) {
      await this.settler.giveBack(message);
      return;
    }
    if (outcome.kind !== 'accepted') {
      await this.settler.settle({ ...message, trace: outcome.trace }, outcome);
      return;
    }
    const { id, attempt, address, correlationId } = message;
    const { second } = await this.records.add({ id, attempt, sid: outcome.sid, ...outcome.trace });
    this.failpoints.reach('outbox.after_accept');
    this.metrics.messagesSent.inc();
    if (second) {
      this.metrics.outboundDuplicates.inc();
    }
    this.log.info(
      { message_sid: outcome.sid, phone: maskAddress(address), correlationId },
      'Message sent to Twilio',
    );
  }

  /** Undefined when the claim is too old: this process stood still, and what comes behind may have gone out already. */
  private post(message: QueuedMessage): Promise<SendOutcome> | undefined {
    if (Date.now() - message.claimedSince > CLAIM_HOLDS_MS) {
      return undefined;
    }
    this.settler.noteSend(message);
    this.failpoints.reach('outbox.before_post');
    return this.sender.send(message).finally(() => {
      this.failpoints.reach('outbox.after_post');
    });
  }
}
