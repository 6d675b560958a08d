import type { Problem } from './interpretation';
import type { Message } from './message';
import type { Mention } from './product-match';

/** A line as it was said: products it may mean, and how much. */
export interface Line {
  skus: readonly string[];
  whole: boolean;
  quantity: number | null;
  unit: string | undefined;
  options: readonly string[];
  /** Words beside the product that nothing explains: the product may be another one. */
  doubtful: readonly string[];
  problem: Problem | undefined;
  /** "Coke or sprite": one of several, and nobody said which. */
  choice?: true;
  /** The number by which it was named: "number 2", "the second". */
  entry?: { value: number; ordinal: boolean };
}

/** All that a message says of goods. */
export interface Lines {
  lines: readonly Line[];
  /** Counted words for which nothing fits: "3 burgers". */
  unknown: readonly string[];
  /** Numbers without a product. */
  numbers: readonly number[];
  /** List entries named without a quantity: "number 3". */
  entries: readonly number[];
}

/** Lines while they are read. */
export interface Draft {
  lines: Line[];
  unknown: string[];
  numbers: number[];
  entries: number[];
}

export function entryLine(
  message: Message,
  entry: number,
  quantity: number | null,
  unit: string | undefined,
  named?: Line['entry'],
): Line {
  const sku = Number.isInteger(entry) ? message.entry(entry) : undefined;
  const problem = sku === undefined ? 'unknown_number' : undefined;
  return {
    skus: sku === undefined ? [] : [sku],
    whole: true,
    quantity,
    unit,
    options: [],
    doubtful: [],
    problem,
    ...(named && { entry: named }),
  };
}

export function productLine(mention: Mention): Line {
  const { skus, whole } = mention;
  return { skus, whole, quantity: null, unit: undefined, options: [], doubtful: [], problem: undefined };
}
