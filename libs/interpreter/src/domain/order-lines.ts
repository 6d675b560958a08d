import type { ItemLine, LineExtras, Meaning, Problem } from './interpretation';
import { narrowByUnit, toItem } from './items';
import type { Line, Lines } from './line';
import type { Message } from './message';

/** Lines sorted into what can be done and what must be asked. */
interface Sorted {
  items: readonly ItemLine[];
  candidates: readonly string[];
  /** Quantity of the only unclear line. */
  quantity: number | undefined;
  problems: readonly Problem[];
  unknown: readonly string[];
}

/** Sorts lines into clear and unclear ones; none is dropped. */
export function sortLines(message: Message, { lines, unknown }: Lines): Sorted {
  const items: ItemLine[] = [];
  const problems: Problem[] = [];
  const unclear: Line[] = [];
  for (const line of lines) {
    const skus = narrowByUnit(message, line);
    const result = toItem(message, { ...line, skus });
    if ('problem' in result && skus.length < 2) {
      problems.push(result.problem);
    }
    if (skus.length > 1 || !('item' in result) || line.doubtful.length > 0 || line.choice === true) {
      unclear.push({ ...line, skus });
    } else {
      items.push(result.item);
    }
  }
  return {
    items,
    candidates: [...new Set(unclear.flatMap((line) => line.skus))],
    quantity:
      unclear.length === 1 && unclear[0]?.quantity != null && unclear[0].quantity > 0
        ? unclear[0].quantity
        : undefined,
    problems,
    unknown: [...unknown, ...lines.flatMap((line) => line.doubtful)],
  };
}

/** A question about what is unclear, which keeps what is clear. */
export function ask(sorted: Partial<Sorted>, extras: LineExtras = {}): Meaning {
  const [problem] = sorted.problems ?? [];
  const { quantity, unknown = [] } = sorted;
  return {
    intent: 'clarify',
    candidates: sorted.candidates ?? [],
    items: sorted.items ?? [],
    ...(quantity === undefined ? {} : { quantity }),
    ...(problem === undefined ? {} : { problem }),
    ...(unknown.length > 0 ? { unknown } : {}),
    ...(Object.keys(extras).length > 0 ? { extras } : {}),
  };
}

/** What sorted lines mean when they are to be added. */
export function addLines(sorted: Sorted, extras: LineExtras): Meaning {
  const [problem] = sorted.problems;
  if (sorted.items.length === 0) {
    return problem === undefined ? ask(sorted, extras) : { intent: 'invalid', problem };
  }
  if (sorted.candidates.length > 0 || problem !== undefined) {
    return ask(sorted, extras);
  }
  const all = sorted.unknown.length > 0 ? { ...extras, unknown: sorted.unknown } : extras;
  return {
    intent: 'add_items',
    items: sorted.items,
    ...(Object.keys(all).length > 0 ? { extras: all } : {}),
  };
}
