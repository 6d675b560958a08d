/** A quantity of one product, at most three decimals. */
export interface StockItem {
  productId: string;
  quantity: number;
}

/** Whether a quantity fits the product's unit: whole, or up to three decimals where the unit can be divided. */
export function quantityFits(quantity: number, divisible: boolean): boolean {
  const thousandths = Math.round(quantity * 1000);
  const exact = Math.abs(quantity * 1000 - thousandths) < 1e-6;
  return thousandths > 0 && exact && (divisible || thousandths % 1000 === 0);
}
