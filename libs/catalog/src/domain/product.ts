/** What every reader of a product sees; the stock is apart, because it moves with every order. */
export interface CatalogueProduct {
  id: string;
  /** The shop's own key, unique. */
  sku: string;
  /** Position in the whole catalogue, unique. */
  number: number;
  name: string;
  /** Name per language tag. */
  names: Readonly<Record<string, string>>;
  aliases: readonly string[];
  /** Slug of the category. */
  category: string;
  /** The unit that a quantity counts, as "plate" or "kg". */
  unit: string;
  /** Larger packs: `{carton: 24}` says that one carton is 24 of `unit`. */
  units: Readonly<Record<string, number>>;
  /** Quantities may have decimals (at most three). */
  divisible: boolean;
  priceMinor: number;
  currency: string;
}

/** The active products at one version, by category position and number. The same object for as long as the version stands. */
export interface Catalogue {
  version: string;
  products: readonly CatalogueProduct[];
}

/** A product as staff see it. */
export interface Product extends CatalogueProduct {
  /** Pieces (or kg, …) left, in `unit`. */
  stock: number;
  /** Shoppers see and order active products only. */
  active: boolean;
  /** Public https address of its picture. */
  imageUrl: string | null;
}

export interface ProductPage {
  items: readonly Product[];
  /** Pass it as `after` for the next page; null on the last one. */
  nextCursor: string | null;
}

/** What staff may set. Currency is the shop's. */
export type ProductChange = { [K in Exclude<keyof Product, 'id' | 'currency'>]?: Product[K] | undefined };

/** A new product. What is left out is empty, none or false, but `active`, and `number`: the next free one. */
export type ProductInput = ProductChange & Pick<Product, 'sku' | 'name' | 'category' | 'unit' | 'priceMinor'>;
