export { InboxModule } from './inbox.module';
export { InboxService } from './inbox.service';
export type { ConversationKey, InboxMessage, MailboxState, StoredInbound } from './mail';
