import type { CatalogueView } from './catalogue';

/** The question that is open, which decides what a bare number, a name or free text answers. */
export type Expectation =
  | 'main_menu'
  | 'confirm'
  | 'anything_else'
  | 'address'
  | 'phone'
  | 'name'
  | 'payment'
  | 'fulfilment'
  | 'delivery_time'
  | 'rating'
  | 'note';

/** A line of the shopper's cart, quantity in the product's own unit. */
export interface CartLine {
  sku: string;
  quantity: number;
}

/** Everything that the meaning of a message depends on. */
export interface InterpreterInput {
  text: string;
  catalogue: CatalogueView;
  /** SKUs of the list that this shopper saw last, in its order; absent: numbers mean the whole catalogue's. */
  shown?: readonly string[];
  /** In the order in which lines were added: "it" is the last one. */
  cart?: readonly CartLine[];
  expecting?: Expectation;
  /** In which the shopper has spoken before: words that several languages know are read in it. */
  language?: string;
}
