import type { MessageLocation } from '../messages/message';

interface Common {
  /** The text that the shop receives as `Body`. */
  readonly body: string;
  readonly quote: string | null;
  readonly forwarded: boolean;
  /** Parameters that are added to the webhook, or replace its own. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface OrderedItem {
  readonly product_retailer_id: string;
  readonly quantity: number;
  readonly item_price: number;
  readonly currency: string;
}

/** Everything that a phone can send. `unsupported` arrives as an empty message, as reactions and the like may. */
export type FromPhone = Common &
  (
    | { readonly kind: 'text'; readonly productRetailerId: string | undefined }
    | { readonly kind: 'media'; readonly contentType: string; readonly bytes: Buffer }
    | { readonly kind: 'location'; readonly location: MessageLocation }
    | { readonly kind: 'button'; readonly title: string; readonly payload: string }
    | { readonly kind: 'list'; readonly id: string; readonly title: string }
    | { readonly kind: 'order'; readonly catalogId: string; readonly items: readonly OrderedItem[] }
    | { readonly kind: 'unsupported' }
  );

export const FROM_PHONE_KINDS = [
  'text',
  'media',
  'location',
  'button',
  'list',
  'order',
  'unsupported',
] as const;

/** How often and how the same webhook is posted. */
export interface Posting {
  readonly repeat: number;
  readonly concurrent: boolean;
  readonly forged: boolean;
  readonly messageSid: string | undefined;
  readonly to: string | undefined;
  readonly webhookUrl: string | undefined;
  /** Written this long ago. */
  readonly agoMs: number;
}
