/** A conversation as staff see it. */
export interface ConversationSummary {
  id: string;
  shopperId: string;
  sender: string;
  address: string;
  /** `staff`: the bot is silent until the conversation is handed back. */
  handledBy: 'bot' | 'staff';
  name: string;
  language: string;
  optedOut: boolean;
  lastInboundAt: Date | null;
  /** Whether a free text may go out now; outside, only an approved template. */
  windowOpen: boolean;
}
