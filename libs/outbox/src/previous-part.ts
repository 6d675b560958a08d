import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database, queryRows } from '@app/database';
import type { QueuedMessage } from './outbound-message';

/** With the deadline of a send still below what a claim lasts. */
const LONGEST_WAIT_MS = 3_000;
const POLL_MS = 100;

/**
 * Parts of one text belong together, and Twilio does not promise that what it took first is delivered first: each part waits
 * until the one before it is reported as sent. A status callback may be lost, so not for long.
 */
@Injectable()
export class PreviousPart {
  constructor(private readonly database: Database) {}

  /** Resolves when the part before is on its way to the phone, will never be, or has been waited for long enough. */
  async isOut(part: QueuedMessage): Promise<void> {
    const deadline = Date.now() + LONGEST_WAIT_MS;
    while ((await this.isAtTwilio(part)) && Date.now() + POLL_MS <= deadline) {
      await pause(POLL_MS);
    }
  }

  private async isAtTwilio({ id, conversationId }: QueuedMessage): Promise<boolean> {
    const [before] = await queryRows<{ status: string }>(
      this.database.pool,
      'SELECT status FROM outbox_messages WHERE conversation_id = $1 AND id < $2 ORDER BY id DESC LIMIT 1',
      [conversationId, id],
    );
    return before?.status === 'accepted';
  }
}
