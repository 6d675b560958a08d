import type { Atom } from './atoms';
import { type Line, productLine } from './line';
import type { Message } from './message';

/** "The oil of 900": a number as large as this is rather the size of the product that has it than a quantity. */
const LEAST_BARE_SIZE = 100;

/** "20kg rice": the size of a pack in the product's name decides between products and counts nothing. */
export function packNarrows(
  message: Message,
  line: Line | undefined,
  atom: Atom,
): readonly string[] | undefined {
  const bare = atom.kind === 'quantity' && atom.unit === undefined && (atom.value ?? 0) >= LEAST_BARE_SIZE;
  if (line === undefined || atom.kind !== 'quantity' || (atom.unit === undefined && !bare)) {
    return undefined;
  }
  const fitting = line.skus.filter((sku) =>
    message.index.packSizes
      .get(sku)
      ?.some((size) => (bare || size.unit === atom.unit) && size.value === atom.value),
  );
  return fitting.length > 0 ? fitting : undefined;
}

/** Whether this is the size of the product that follows. */
export function packAhead(message: Message, atoms: readonly Atom[], at: number): boolean {
  const [atom, next] = [atoms[at], atoms[at + 1]];
  return (
    atom !== undefined &&
    next?.kind === 'product' &&
    packNarrows(message, productLine(next.mention), atom) !== undefined
  );
}
