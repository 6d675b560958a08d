import type { Cart } from '@app/cart';
import type { Catalogue, CatalogueProduct } from '@app/catalog';
import type { Order, OrderDraft } from '@app/orders';
import type { Dialogue } from './dialogue';
import type { MenuName } from './menus';
import type { Texts } from './texts/texts';

/** The shop as its shoppers see it. */
export interface Shop {
  name: string;
  currency: string;
  timeZone: string;
}

/** Where a turn begins. */
export interface TurnState {
  dialogue: Dialogue;
  cart: Cart;
}

/** What a turn may look at. `stock` holds the products that the message is about. */
export interface Views {
  shop: Shop;
  /** The shopper's language, and the texts in it. */
  language: string;
  texts: Texts;
  catalogue: Catalogue;
  stock: ReadonlyMap<string, number>;
  /** The shopper's newest orders, newest first; loaded where the message is about orders. */
  orders: readonly Order[];
}

/** What a turn asks of the world outside; at most one. */
export type Effect =
  | { type: 'place_order'; draft: Omit<OrderDraft, 'conversationId' | 'shopperId'> }
  | { type: 'cancel_order'; order: Order }
  | { type: 'hand_to_staff' }
  | { type: 'opt_out' }
  | { type: 'opt_in' }
  | { type: 'consent'; topic: 'order' | 'broadcast'; state: 'granted' | 'withdrawn' };

/** What a reply can show that a later one of the same turn shows anew. */
export type View = 'menu' | 'cart' | 'orders' | 'checkout';

/** Where a turn ends: the next state, what to say, and what to do first. */
export interface Step extends TurnState {
  reply: string;
  effect?: Effect;
  /** Buttons or a list that say the same as this text; of use while the text is all of the reply. */
  menu?: { name: MenuName; twin: string };
  /** The reply only shows this: a later such view in the same turn makes it old. */
  view?: View;
  /** The reply ends what such views ask for. */
  outdates?: View;
}

export interface Context extends TurnState {
  views: Views;
}

export function findProduct({ views }: Context, sku: string): CatalogueProduct | undefined {
  return views.catalogue.products.find((product) => product.sku === sku);
}

/** Ends a turn that only talks: the open question stays open. */
export function say({ dialogue, cart }: TurnState, reply: string): Step {
  return { dialogue, cart, reply };
}
