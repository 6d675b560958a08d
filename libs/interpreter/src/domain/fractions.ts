import type { Element } from './element';

function signOf(element: Element | undefined): number {
  const concepts = element?.kind === 'concept' ? element.concepts : undefined;
  return concepts?.has('minus') === true ? -1 : concepts?.has('and') === true ? 1 : 0;
}

/** "Kilo y medio", "2 kilos and a half", "a kilo less a quarter": the fraction of a unit that stands behind it, where no other unit follows. */
export function withFractions(elements: readonly Element[]): Element[] {
  const joined: Element[] = [];
  for (let at = 0; at < elements.length; at += 1) {
    const [unit, and, part, after] = elements.slice(at, at + 4);
    const sign = signOf(and);
    const isPart = part?.kind === 'number' && part.value > 0 && part.value < 1 && after?.kind !== 'unit';
    if (unit?.kind !== 'unit' || sign === 0 || !isPart) {
      joined.push(...elements.slice(at, at + 1));
      continue;
    }
    const before = joined.at(-1);
    if (before?.kind === 'number') {
      joined[joined.length - 1] = { ...before, value: before.value + sign * part.value };
    } else {
      joined.push({
        kind: 'number',
        value: 1 + sign * part.value,
        worded: true,
        start: unit.start,
        end: unit.start,
      });
    }
    joined.push(unit);
    at += 2;
  }
  return joined;
}
