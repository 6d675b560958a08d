import type { Concept } from './language';
import type { Mention } from './product-match';

export interface Place {
  /** Borders in the cleaned text. */
  start: number;
  end: number;
}

/** A message as the grammar reads it. */
export type Element = Place &
  (
    | { kind: 'number'; value: number; worded: boolean }
    | { kind: 'ordinal'; value: number }
    | { kind: 'unit'; unit: string }
    | { kind: 'product'; mention: Mention }
    | { kind: 'concept'; concepts: ReadonlySet<Concept> }
    | { kind: 'unknown'; word: string }
    | { kind: 'aside'; aside: 'time' | 'ref' | 'money' | 'phone' | 'floor'; value: number }
    | { kind: 'break'; hard: boolean }
    | { kind: 'question' }
    | { kind: 'emoji'; word: string }
  );
