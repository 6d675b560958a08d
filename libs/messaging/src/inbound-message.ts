/** What a shopper sent, whatever the channel calls it. */
export type InboundContent =
  /**
   * `partial`: read from a list that holds no tap, pin or quote, any of which it may have been.
   * `consent`: the channel has taken the message as this, whatever its words, and has answered it.
   */
  | { type: 'text'; text: string; partial?: true; consent?: 'opt_out' | 'opt_in' }
  /** Written by SMS, with `consent` as above. Its pictures are not kept. */
  | { type: 'sms'; text: string; consent?: 'opt_out' | 'opt_in' }
  /** A tap on a button or a list row. `id` may come from a message that is days old. */
  | { type: 'selection'; id: string; text: string }
  | { type: 'location'; latitude: number; longitude: number; label: string }
  | { type: 'media'; media: { url: string; contentType: string }[]; text: string }
  /** A catalogue order composed in the app: untrusted, prices are ignored. */
  | { type: 'order'; items: { sku: string; quantity: number }[] }
  | { type: 'unsupported' };

export interface InboundMessage {
  /** The channel's unique id: the deduplication key. */
  sid: string;
  /** Where the shopper writes from: a phone number or a business-scoped id, with the channel's prefix. */
  address: string;
  /** The shop's sender that was written to. */
  sender: string;
  /** A second, durable id of the shopper, where the channel knows one. */
  externalId: string | null;
  /** The shopper's own choice of name: untrusted text. */
  profileName: string;
  content: InboundContent;
}
