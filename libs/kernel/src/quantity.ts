/** A quantity for people: at most three decimals, no trailing zeros ("0.5", "10"). */
export function formatQuantity(quantity: number): string {
  return String(Math.round(quantity * 1000) / 1000);
}
