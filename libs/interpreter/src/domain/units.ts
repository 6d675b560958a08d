import type { CatalogueProduct } from './catalogue';
import { LANGUAGES } from './language';
import { words } from './language-lexicon';
import { soundKey } from './normalise';
import type { Token } from './tokenise';

const keyOf = (spelling: string): string => words(spelling).map(soundKey).join(' ');

/** Spellings of units in every language: the shop's own may be any of them. */
const UNIT_SPELLINGS: ReadonlyMap<string, string> = new Map(
  LANGUAGES.toReversed().flatMap((language) =>
    Object.entries(language.units).flatMap(([unit, spellings]) =>
      spellings.map((spelling): [string, string] => [keyOf(spelling), unit]),
    ),
  ),
);

const SHORT_SPELLINGS: ReadonlyMap<string, string> = new Map(
  LANGUAGES.toReversed().flatMap(({ units }) =>
    Object.entries(units).flatMap(([unit, spellings]) =>
      spellings.flatMap((spelling): [string, string][] => (spelling.length <= 2 ? [[spelling, unit]] : [])),
    ),
  ),
);

const METRIC: Readonly<Record<string, readonly [dimension: string, factor: number]>> = {
  g: ['mass', 0.001],
  kg: ['mass', 1],
  ml: ['volume', 0.001],
  l: ['volume', 1],
  piece: ['count', 1],
  dozen: ['count', 12],
  pair: ['count', 2],
};

/** What different languages, and people, call the same. */
const BOXES = new Set(['carton', 'box', 'case', 'crate']);

/** Ways to serve one of a thing: said of a product that is counted otherwise, they mean the same one. */
const SERVINGS = new Set(['plate', 'bowl', 'portion', 'bottle', 'can', 'glass', 'cup']);

/** What holds one of a thing, by whatever name; a piece is less than a pack. */
const HOLDERS = new Set([...SERVINGS, 'jar', 'tub', 'pack', 'sachet', 'tube']);

type UnitNames = (first: string, second?: string) => string | undefined;

/** As the shop's catalogue may call it, in whatever language. */
export const anyUnit: UnitNames = (first, second) =>
  second === undefined ? unitOf(first) : UNIT_SPELLINGS.get(`${soundKey(first)} ${soundKey(second)}`);

/** Short ones are not told apart by their sound: "m" is no "mm". */
function unitOf(spelling: string): string | undefined {
  return SHORT_SPELLINGS.get(spelling) ?? UNIT_SPELLINGS.get(keyOf(spelling));
}

/** The unit that a word names, with the number of tokens it takes. */
export function unitAt(
  unitNames: UnitNames,
  tokens: readonly Token[],
  start: number,
): { unit: string; length: number } | undefined {
  const [first, second] = [tokens[start], tokens[start + 1]];
  if (first?.kind !== 'word') {
    return undefined;
  }
  const pair = second?.kind === 'word' ? unitNames(first.word, second.word) : undefined;
  const single = unitNames(first.word);
  return pair !== undefined
    ? { unit: pair, length: 2 }
    : single !== undefined
      ? { unit: single, length: 1 }
      : undefined;
}

/** Whether a unit measures (kg, ml) and does not count. */
function isMeasure(unit: string): boolean {
  const dimension = METRIC[unit]?.[0];
  return dimension === 'mass' || dimension === 'volume';
}

/** Whether a pack of this product bears the unit's name, in the shop's spelling. */
function packOf(product: CatalogueProduct, unit: string): number | undefined {
  const name = Object.keys(product.units).find((own) => own === unit || unitOf(own) === unit);
  if (name !== undefined) {
    return product.units[name];
  }
  // A box, a case and a carton are one where the product has only one of them.
  const boxes = Object.keys(product.units).filter((own) => BOXES.has(own));
  return BOXES.has(unit) && boxes.length === 1 ? product.units[boxes[0] ?? ''] : undefined;
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

/** How many of the product's own unit `quantity` of `unit` is; undefined where the one can't be turned into the other. */
export function inProductUnit(
  product: CatalogueProduct,
  quantity: number,
  unit: string | undefined,
): number | undefined {
  if (unit === undefined || unit === product.unit || unit === unitOf(product.unit)) {
    return round(quantity);
  }
  const pack = packOf(product, unit);
  if (pack !== undefined) {
    return round(quantity * pack);
  }
  const [from, to] = [METRIC[unit], METRIC[product.unit]];
  if (from !== undefined && from[0] === to?.[0]) {
    return round((quantity * from[1]) / to[1]);
  }
  if (from?.[0] === 'count' && from[1] > 1 && !isMeasure(product.unit)) {
    return round(quantity * from[1]);
  }
  const single = product.unit !== 'plate' && HOLDERS.has(product.unit);
  const same =
    (HOLDERS.has(unit) && HOLDERS.has(product.unit)) ||
    (SERVINGS.has(unit) && product.unit === 'piece') ||
    (unit === 'piece' && single);
  return same ? round(quantity) : undefined;
}
