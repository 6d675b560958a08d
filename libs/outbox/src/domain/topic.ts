/** What a message is about: decides consent, and which template stands in outside the conversation window. */
export type Topic = 'reply' | 'staff' | 'order' | 'broadcast';
