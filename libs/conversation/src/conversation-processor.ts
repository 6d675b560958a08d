import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { type ConversationKey, type InboxMessage, InboxService } from '@app/inbox';
import { Log, maskAddress, Metrics, withCorrelation } from '@app/observability';
import { OutboxSender, OutboxService, type QueuedMessage } from '@app/outbox';
import { ConversationsService } from './conversations.service';
import { textsFor } from './domain/texts/languages';
import { Turn } from './turn.service';

/** A message that keeps failing is given up after this many attempts. */
const MOST_ATTEMPTS = 5;

/** Wait before the next attempt: less than ten seconds in all, because a shopper waits. */
const RETRY_MS = [200, 600, 1_800, 5_000];

interface Done {
  reply: QueuedMessage | undefined;
  message: InboxMessage;
  more: boolean;
}

/** Works through a conversation's mail: one message, one transaction, one reply, in the order of arrival. */
@Injectable()
export class ConversationProcessor {
  constructor(
    private readonly database: Database,
    private readonly inbox: InboxService,
    private readonly outbox: OutboxService,
    private readonly sender: OutboxSender,
    private readonly conversations: ConversationsService,
    private readonly turn: Turn,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(ConversationProcessor.name);
  }

  /** Processes what waits in the conversation of this inbox row. Nothing to do is a normal outcome. */
  async process(inboxId: string): Promise<void> {
    const key = await this.inbox.claim(inboxId);
    let more = key !== undefined;
    while (key && more) {
      more = await this.processNext(key);
    }
  }

  /** Returns whether more waits behind the message that was processed. */
  private async processNext(key: ConversationKey): Promise<boolean> {
    const done = await this.takeTurn(key);
    if (done?.reply) {
      await this.sendReply(done.reply, done.message);
    }
    return done?.more ?? false;
  }

  private async takeTurn(key: ConversationKey): Promise<Done | undefined> {
    let current: InboxMessage | undefined;
    try {
      return await this.database.transaction(async (tx) => {
        // The lock comes first: what waits is read under it, so that two workers never take the same message.
        const known = await this.conversations.lock(tx, key);
        const taken = await this.inbox.take(tx, key);
        if (!taken) {
          return undefined;
        }
        const { message, more } = taken;
        current = message;
        const conversation = known ?? (await this.conversations.open(tx, message));
        const reply = await withCorrelation(message.correlationId, () =>
          this.turn.take(tx, message, conversation),
        );
        return { reply, more, message };
      });
    } catch (error) {
      if (!current) {
        throw error;
      }
      return this.fail(current, error as Error);
    }
  }

  private async sendReply(reply: QueuedMessage, { receivedAt }: InboxMessage): Promise<void> {
    await this.sender.send(reply);
    this.metrics.replySeconds.observe((Date.now() - receivedAt.getTime()) / 1_000);
  }

  /** Leaves the message for later, or, when it has had its attempts, makes it a dead letter and tells the shopper. */
  private async fail(message: InboxMessage, error: Error): Promise<Done | undefined> {
    const { attempts, address, correlationId } = message;
    const line = { attempts, from: maskAddress(address), correlationId, error: error.message };
    if (attempts < MOST_ATTEMPTS) {
      this.log.warn(line, 'Message could not be processed: it will be tried again');
      // A message behind the head of its queue is not counted until it is the head itself.
      const delayMs = RETRY_MS[Math.max(attempts - 1, 0)] ?? 0;
      await this.inbox.postpone(message, delayMs, error.message);
      return undefined;
    }
    this.log.error(line, 'Message could not be processed: it is a dead letter now');
    const reply = await this.database.transaction(async (tx) => {
      const conversation = await this.conversations.lockOrOpen(tx, message);
      await this.inbox.bury(tx, message.id, error.stack ?? error.message);
      return this.outbox.writeClaimed(tx, {
        conversationId: conversation.id,
        sender: message.sender,
        address,
        lane: 'reply',
        text: textsFor(conversation.language).apology,
        inReplyTo: [message.sid],
        correlationId,
      });
    });
    return { reply, message, more: true };
  }
}
