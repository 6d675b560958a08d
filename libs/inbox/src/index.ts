export { InboxModule } from './inbox.module';
export {
  type ConversationKey,
  type InboxMessage,
  InboxService,
  type MailboxState,
  type StoredInbound,
} from './inbox.service';
