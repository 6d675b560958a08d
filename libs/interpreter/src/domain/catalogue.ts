/** One product as the interpreter sees it: names and units, no price and no stock. */
export interface CatalogueProduct {
  sku: string;
  /** Number in the whole catalogue; used where no shorter list was shown. */
  number: number;
  name: string;
  /** The shop's own names per language. */
  names: Readonly<Record<string, string>>;
  aliases: readonly string[];
  category: string;
  /** The unit that a quantity counts, as "plate" or "kg". */
  unit: string;
  /** Larger packs: `{carton: 24}` says that one carton is 24 of `unit`. */
  units: Readonly<Record<string, number>>;
  divisible: boolean;
}

/** The shop's products. The object's identity keys the compiled index: pass the same one while nothing changed. */
export interface CatalogueView {
  /** Codes of the languages that its shoppers speak, the likeliest first; absent: those in which products are named. */
  languages?: readonly string[];
  products: readonly CatalogueProduct[];
}
