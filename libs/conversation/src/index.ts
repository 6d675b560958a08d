export type { ConversationSummary } from './conversation-summary';
export { ConversationModule } from './conversation.module';
export { ConversationProcessor } from './conversation-processor';
export { type ConversationRef, ConversationsService } from './conversations.service';
export { getHelpMessage } from './domain/messages/help';
export { getMainMenu } from './domain/messages/main-menu';
export { formatOrderNotification, formatOrderSummary, formatRecentOrders } from './domain/messages/orders';
export { formatProductList } from './domain/messages/product-list';
export { textsFor } from './domain/texts/languages';
