import type { Atom } from './atoms';
import { type Line, productLine } from './line';
import type { Message } from './message';

/** "The oil of 900": a number as large as this is rather the size of the product that has it than a quantity. */
const LEAST_BARE_SIZE = 100;

/**
 * "20kg rice", "a box of the 15 bulbs": a size in the product's name decides between products and counts nothing. Where the
 * line is counted already, any number of the name does.
 */
export function packNarrows(
  message: Message,
  line: Line | undefined,
  atom: Atom,
  { isCounted = false } = {},
): readonly string[] | undefined {
  if (line === undefined || atom.kind !== 'quantity' || atom.value === null) {
    return undefined;
  }
  const { value, unit } = atom;
  const bare = unit === undefined && (isCounted || value >= LEAST_BARE_SIZE);
  const fitting = line.skus.filter((sku) => {
    const sizes = message.index.packSizes.get(sku) ?? [];
    return (
      sizes.some((size) => (bare || size.unit === unit) && size.value === value) ||
      (bare && isCounted && numbersOf(message, sku).includes(value))
    );
  });
  return fitting.length > 0 ? fitting : undefined;
}

/** The 15 of "bulb 15W", the 42.5 of "cement 42.5R". */
function numbersOf({ index }: Message, sku: string): number[] {
  const { name = '' } = index.bySku.get(sku) ?? {};
  return (name.match(/\d+(?:[.,]\d+)?/gu) ?? []).map((number) => Number(number.replace(',', '.')));
}

/** Whether this is the size of the product that follows. */
export function packAhead(message: Message, atoms: readonly Atom[], at: number): boolean {
  const [atom, next] = [atoms[at], atoms[at + 1]];
  return (
    atom !== undefined &&
    next?.kind === 'product' &&
    packNarrows(message, productLine(next.mention), atom, { isCounted: true }) !== undefined
  );
}
