import type { Atom } from './atoms';

export type Quantity = Extract<Atom, { kind: 'quantity' }>;

/** A plate may be any helping. */
export function isPack(unit: string | undefined): boolean {
  return unit !== undefined && unit !== 'plate' && unit !== 'portion';
}

/** "2 kilos 500 grams": grams behind kilos, millilitres behind litres. */
export function isRest(whole: Quantity, rest: Quantity): boolean {
  const fits = (whole.unit === 'kg' && rest.unit === 'g') || (whole.unit === 'l' && rest.unit === 'ml');
  return fits && Number.isInteger(whole.value) && rest.value !== null && rest.value < 1_000;
}
