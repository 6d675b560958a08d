import { type Atom, groups } from './atoms';
import { type Draft, entryLine, type Line, type Lines, productLine } from './line';
import type { Message } from './message';
import { packAhead, packNarrows } from './pack-size';
import { isPack, isRest, type Quantity } from './quantity';
import { withQuantityBehind } from './quantity-behind';

class GroupReader {
  private pending: Quantity | undefined;
  /** Of the product that follows: "half a kilo of 2 inch nails". */
  private size: Quantity | undefined;
  private last: Line | undefined;
  /** Wishes that stand before their product: "no onion in the momo". */
  private wishes: string[] = [];

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
    if (
      atom?.kind === 'quantity' &&
      next?.kind === 'times' &&
      third?.kind === 'quantity' &&
      third.value === null
    ) {
      // "5x crate of beer".
      this.pending = { ...atom, unit: third.unit };
      return 2;
    }
    if (atom?.kind === 'quantity' && next?.kind === 'times' && third?.kind === 'quantity') {
      return this.product(at, atom, third);
    }
    if (atom?.kind === 'entry') {
      return this.entry(atom, at);
    }
    if (atom?.kind === 'product') {
      this.mention(productLine(atom.mention), at);
    } else if (atom?.kind === 'quantity') {
      this.quantity(atom, at);
    } else if (atom?.kind === 'option') {
      this.wish(atom.text);
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

  private entry({ value, ordinal = false }: Extract<Atom, { kind: 'entry' }>, at: number): number {
    if (this.atoms.some((atom) => atom.kind === 'quantity')) {
      this.open(entryLine(this.message, value, null, undefined, { value, ordinal }), at);
    } else {
      this.draft.entries.push(value);
    }
    return 0;
  }

  private wish(text: string): void {
    if (this.last === undefined) {
      this.wishes.push(text);
    } else {
      this.change(this.last, { options: [...this.last.options, text] });
    }
  }

  /** "Queso oaxaca": words side by side that name products may name one together; where they don't, nobody knows which. */
  private mention(line: Line, at: number): void {
    const { last, pending } = this;
    const beside = this.atoms[at - 1]?.kind === 'product' && pending === undefined && last !== undefined;
    const common = last?.skus.filter((sku) => line.skus.includes(sku)) ?? [];
    if (beside && common.length > 0) {
      this.change(last, { skus: common });
    } else if (beside && !(last.whole && line.whole)) {
      this.change(last, { skus: [...last.skus, ...line.skus] });
    } else if (pending && last && common.length === line.skus.length && this.isOfName(last, pending)) {
      this.pending = undefined;
    } else {
      this.open(line, at);
    }
  }

  /** "Papel de 12 rollos": a number of the product's own name counts nothing. */
  private isOfName({ skus, quantity }: Line, { value }: Quantity): boolean {
    const [sku = ''] = skus;
    const { name = '' } = this.message.index.bySku.get(sku) ?? {};
    const numbers: readonly string[] = name.match(/\d+/gu) ?? [];
    return quantity !== null && skus.length === 1 && numbers.includes(String(value));
  }

  private open(line: Line, at: number): void {
    this.draft.lines.push(line);
    this.last = line;
    if (this.wishes.length > 0) {
      this.change(this.last, { options: this.wishes });
      this.wishes = [];
    }
    if (this.size !== undefined) {
      this.change(this.last, {
        skus: packNarrows(this.message, this.last, this.size, { isCounted: true }) ?? line.skus,
      });
      this.size = undefined;
    }
    if (this.pending !== undefined) {
      const narrowed = packNarrows(this.message, this.last, this.pending);
      if (narrowed === undefined) {
        this.assign(this.last, this.pending);
      } else {
        this.change(this.last, { skus: narrowed });
      }
      this.pending = undefined;
    }
    const before = this.atoms[at - 1];
    if (before?.kind === 'unknown') {
      this.change(this.last, { doubtful: [before.word] });
    }
  }

  private quantity(atom: Quantity, at: number): void {
    const follows = this.atoms[at + 1]?.kind === 'product' || this.atoms[at + 1]?.kind === 'times';
    const isCounted = !follows && this.last?.quantity != null;
    const narrowed = packNarrows(this.message, this.last, atom, { isCounted });
    if (narrowed !== undefined) {
      this.change(this.last, { skus: narrowed });
      return;
    }
    const productFirst =
      this.atoms.find((other) => other.kind === 'product' || other.kind === 'quantity')?.kind === 'product';
    const bound = this.atoms[at - 1]?.kind === 'times' || productFirst || !follows;
    if (this.last?.quantity === null && bound) {
      this.assign(this.last, atom);
    } else if (this.pending !== undefined && isRest(this.pending, atom)) {
      // "2 kilos 500 grams".
      this.pending = { ...this.pending, value: (this.pending.value ?? 0) + (atom.value ?? 0) / 1_000 };
    } else if (
      this.pending?.value != null &&
      atom.value !== null &&
      packAhead(this.message, this.atoms, at)
    ) {
      this.size = atom;
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
    const { value, unit } = quantity;
    this.change(line, {
      quantity: value ?? (this.message.habits.bareUnitIsOne === true && isPack(unit) ? 1 : null),
      unit,
    });
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
    const last = this.draft.lines.at(-1);
    const isCounted = last?.quantity != null && last.skus.length > 1;
    const narrowed = isCounted ? packNarrows(this.message, last, quantity, { isCounted }) : undefined;
    if (narrowed !== undefined) {
      // "A dozen bulbs, the 9W".
      this.change(last, { skus: narrowed });
    } else if (
      this.atoms.length === 1 &&
      quantity.unit !== undefined &&
      last?.quantity === null &&
      last.unit === undefined
    ) {
      // "The cheese, half a kilo".
      this.assign(last, quantity);
    } else if (quantity.value !== null) {
      this.draft.numbers.push(quantity.value);
    }
  }
}

/** Reads the goods of a message. */
export function readLines(message: Message): Lines {
  const draft: Draft = { lines: [], unknown: [], numbers: [], entries: [] };
  for (const group of groups(message)) {
    const from = draft.lines.length;
    new GroupReader(message, group, draft).read();
    if (group.some(({ kind }) => kind === 'or')) {
      draft.lines.push(...draft.lines.splice(from).map((line) => ({ ...line, choice: true as const })));
    }
  }
  return withQuantityBehind(message, draft);
}
