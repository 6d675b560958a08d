import type { CatalogueProduct } from './catalogue';
import { LANGUAGES } from './language';
import { words } from './lexicon';
import { fold, soundKey } from './normalise';
import type { Token } from './tokenise';

const SPELLINGS = new Map<string, string>(
  LANGUAGES.flatMap((language) =>
    Object.entries(language.units).flatMap(([unit, spellings]) =>
      spellings.map((spelling): [string, string] => [words(spelling).map(soundKey).join(' '), unit]),
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
};

/** Ways to serve one of a thing: said of a product that is counted otherwise, they mean the same one. */
const SERVINGS = new Set(['plate', 'bowl', 'portion', 'bottle', 'can', 'glass', 'cup']);

/** The unit that a word names, with the number of tokens it takes. */
export function unitAt(
  tokens: readonly Token[],
  start: number,
): { unit: string; length: number } | undefined {
  const [first, second] = [tokens[start], tokens[start + 1]];
  if (first?.kind !== 'word') {
    return undefined;
  }
  const pair =
    second?.kind === 'word' ? SPELLINGS.get(`${soundKey(first.word)} ${soundKey(second.word)}`) : undefined;
  const single = SPELLINGS.get(soundKey(first.word));
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
  const name = Object.keys(product.units).find(
    (own) => own === unit || SPELLINGS.get(soundKey(fold(own))) === unit,
  );
  return name === undefined ? undefined : product.units[name];
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

/** How many of the product's own unit `quantity` of `unit` is; undefined where the one can't be turned into the other. */
export function inProductUnit(
  product: CatalogueProduct,
  quantity: number,
  unit: string | undefined,
): number | undefined {
  if (unit === undefined || unit === product.unit) {
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
  if (unit === 'dozen' && !isMeasure(product.unit)) {
    return round(quantity * 12);
  }
  const single = product.unit !== 'plate' && SERVINGS.has(product.unit);
  const same =
    (SERVINGS.has(unit) && (SERVINGS.has(product.unit) || product.unit === 'piece')) ||
    (unit === 'piece' && single);
  return same ? round(quantity) : undefined;
}
