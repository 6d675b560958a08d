import type { InboundMessage } from '@app/messaging';

/** What names a conversation before its row exists. */
export interface ConversationKey {
  sender: string;
  address: string;
}

/** A stored message that waits for its turn. */
export interface InboxMessage extends InboundMessage {
  id: string;
  correlationId: string;
  attempts: number;
  receivedAt: Date;
}

/** A message as it is kept, for people. `text` is empty for pictures and locations without a caption. */
export interface StoredInbound {
  id: string;
  sid: string;
  address: string;
  sender: string;
  text: string;
  status: 'pending' | 'processed' | 'dead';
  receivedAt: Date;
  processedAt: Date | null;
}

/** How much waits in an inbox or outbox, and for how long. */
export interface MailboxState {
  pending: number;
  oldestSeconds: number;
}
