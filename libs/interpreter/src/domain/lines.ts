import { type Atom, groups } from './atoms';
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

interface Draft {
  lines: Line[];
  unknown: string[];
  numbers: number[];
  entries: number[];
}

function entryLine(message: Message, entry: number, quantity: number | null, unit: string | undefined): Line {
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
  };
}

function productLine(mention: Mention): Line {
  const { skus, whole } = mention;
  return { skus, whole, quantity: null, unit: undefined, options: [], doubtful: [], problem: undefined };
}

/** "20kg rice": the size of a pack in the product's name decides between products and counts nothing. */
function packNarrows(message: Message, line: Line | undefined, atom: Atom): readonly string[] | undefined {
  if (line === undefined || atom.kind !== 'quantity' || atom.unit === undefined) {
    return undefined;
  }
  const fitting = line.skus.filter((sku) =>
    message.index.packSizes.get(sku)?.some((size) => size.unit === atom.unit && size.value === atom.value),
  );
  return fitting.length > 0 ? fitting : undefined;
}

type Quantity = Extract<Atom, { kind: 'quantity' }>;

class GroupReader {
  private pending: Quantity | undefined;
  private last: Line | undefined;

  constructor(
    private readonly message: Message,
    private readonly atoms: readonly Atom[],
    private readonly draft: Draft,
  ) {}

  read(): void {
    for (let at = 0; at < this.atoms.length; at += 1) {
      at += this.step(at);
    }
    if (this.pending !== undefined) {
      this.leave(this.pending);
    }
  }

  /** Reads the atom at a place; says how many more it took. */
  private step(at: number): number {
    const [atom, next, third] = this.atoms.slice(at, at + 3);
    if (atom?.kind === 'quantity' && next?.kind === 'times' && third?.kind === 'quantity') {
      return this.product(at, atom, third);
    }
    if (atom?.kind === 'entry') {
      return this.entry(atom.value, at);
    }
    if (atom?.kind === 'product') {
      this.open(productLine(atom.mention), at);
    } else if (atom?.kind === 'quantity') {
      this.quantity(atom, at);
    } else if (atom?.kind === 'option') {
      this.change(this.last, { options: [...(this.last?.options ?? []), atom.text] });
    } else if (atom?.kind === 'unknown') {
      this.stray(atom.word, at);
    }
    return 0;
  }

  /** "1 x 10" is ten of entry 1; "2 x 500 g paneer" is a kilo of paneer. */
  private product(at: number, first: Quantity, second: Quantity): number {
    const after = this.atoms[at + 3];
    if (
      after?.kind === 'product' &&
      second.unit !== undefined &&
      first.value !== null &&
      second.value !== null
    ) {
      const narrowed = packNarrows(this.message, productLine(after.mention), second);
      this.pending = narrowed === undefined ? { ...second, value: first.value * second.value } : first;
      return narrowed === undefined ? 2 : 1;
    }
    if (
      this.last?.quantity === null &&
      this.last.skus.length > 0 &&
      packNarrows(this.message, this.last, first)
    ) {
      this.assign(this.last, second);
      return 2;
    }
    this.open(entryLine(this.message, first.value ?? Number.NaN, second.value, second.unit), at);
    return 2;
  }

  private entry(value: number, at: number): number {
    if (this.atoms.some((atom) => atom.kind === 'quantity')) {
      this.open(entryLine(this.message, value, null, undefined), at);
    } else {
      this.draft.entries.push(value);
    }
    return 0;
  }

  private open(line: Line, at: number): void {
    this.draft.lines.push(line);
    this.last = line;
    if (this.pending !== undefined) {
      const narrowed = packNarrows(this.message, line, this.pending);
      if (narrowed === undefined) {
        this.assign(line, this.pending);
      } else {
        this.change(line, { skus: narrowed });
      }
      this.pending = undefined;
    }
    const before = this.atoms[at - 1];
    if (before?.kind === 'unknown') {
      this.change(this.last, { doubtful: [before.word] });
    }
  }

  private quantity(atom: Quantity, at: number): void {
    const narrowed = packNarrows(this.message, this.last, atom);
    if (narrowed !== undefined) {
      this.change(this.last, { skus: narrowed });
      return;
    }
    const follows = this.atoms[at + 1]?.kind === 'product' || this.atoms[at + 1]?.kind === 'times';
    const productFirst =
      this.atoms.find((other) => other.kind === 'product' || other.kind === 'quantity')?.kind === 'product';
    const bound = this.atoms[at - 1]?.kind === 'times' || productFirst || !follows;
    if (this.last?.quantity === null && bound) {
      this.assign(this.last, atom);
    } else if (
      this.pending?.value != null &&
      atom.value !== null &&
      packAhead(this.message, this.atoms, at)
    ) {
      return;
    } else {
      if (this.pending !== undefined) {
        this.leave(this.pending);
      }
      this.pending = atom;
    }
  }

  private stray(word: string, at: number): void {
    if (this.pending !== undefined && this.atoms[at + 1]?.kind !== 'product') {
      this.draft.unknown.push(word);
      this.pending = undefined;
    } else if (this.atoms[at - 1]?.kind === 'product' && this.last !== undefined) {
      this.change(this.last, { doubtful: [...this.last.doubtful, word] });
    } else if (
      this.atoms[at + 1]?.kind === 'quantity' &&
      this.last === undefined &&
      at === this.atoms.length - 2
    ) {
      this.draft.unknown.push(word);
    }
  }

  private assign(line: Line, quantity: Quantity): void {
    this.change(line, { quantity: quantity.value, unit: quantity.unit });
  }

  private change(line: Line | undefined, fields: Partial<Line>): void {
    const at = line === undefined ? -1 : this.draft.lines.indexOf(line);
    if (line !== undefined && at >= 0) {
      const changed = { ...line, ...fields };
      this.draft.lines[at] = changed;
      this.last = this.last === line ? changed : this.last;
    }
  }

  private leave(quantity: Quantity): void {
    if (quantity.value !== null) {
      this.draft.numbers.push(quantity.value);
    }
  }
}

function packAhead(message: Message, atoms: readonly Atom[], at: number): boolean {
  const [atom, next] = [atoms[at], atoms[at + 1]];
  return (
    atom !== undefined &&
    next?.kind === 'product' &&
    packNarrows(message, productLine(next.mention), atom) !== undefined
  );
}

/** Reads the goods of a message. */
export function readLines(message: Message): Lines {
  const draft: Draft = { lines: [], unknown: [], numbers: [], entries: [] };
  for (const group of groups(message)) {
    new GroupReader(message, group, draft).read();
  }
  return draft;
}
