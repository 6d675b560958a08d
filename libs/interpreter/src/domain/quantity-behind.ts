import type { Lines } from './line';
import type { Message } from './message';

/** "Cement of 50 kilos, 4 please": a number alone behind the only line, which has none. */
export function withQuantityBehind({ elements }: Message, draft: Lines): Lines {
  const [line, ...others] = draft.lines;
  const [number, ...further] = draft.numbers;
  const alone = others.length === 0 && further.length === 0 && draft.entries.length === 0;
  const at = elements.findIndex((element) => element.kind === 'number' && element.value === number);
  const behind = elements.findLastIndex(({ kind }) => kind === 'product') < at;
  const parted = elements[at - 1]?.kind === 'break';
  return line?.quantity === null && number !== undefined && alone && behind && parted
    ? { ...draft, lines: [{ ...line, quantity: number }], numbers: [] }
    : draft;
}
