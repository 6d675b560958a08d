/** Life of an outbound message: ours up to `accepted`, then Twilio's. */
export type OutboundStatus =
  | 'queued'
  | 'sending'
  | 'uncertain'
  | 'accepted'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'undelivered'
  | 'failed'
  | 'canceled';
