export {
  type DeadLetter,
  type DeadLetterPage,
  type DeadLetterStatus,
  deadLetterStatuses,
} from './dead-letter';
export { DeadLettersService } from './dead-letters.service';
export { InboxModule } from './inbox.module';
export { InboxService } from './inbox.service';
export { InboxIntake } from './intake.service';
export type {
  ArrivedMessage,
  ArrivedWebhook,
  Claimed,
  ConversationKey,
  InboundSource,
  InboundStatus,
  InboxMessage,
  MailboxState,
  StoredInbound,
  WaitingTurn,
} from './mail';
