const SYMBOLS: Readonly<Record<string, string>> = {
  NPR: 'Rs. ',
  INR: '₹',
  USD: '$',
  EUR: '€',
  GBP: '£',
  BRL: 'R$ ',
  MXN: '$',
};

/** South Asia groups digits 2-2-3 (1,25,000); the currency decides, because the shopper reads a price, not a locale. */
const LAKH_GROUPING = new Set(['NPR', 'INR', 'BDT', 'PKR', 'LKR']);

const MINOR_UNITS = 100;

/**
 * Money for people: `formatMoney(12500000, 'NPR')` is "Rs. 1,25,000"; minor units show only when they are not zero.
 * @param minor integer amount in minor units (paisa, cents)
 * @param currency ISO 4217 code
 */
export function formatMoney(minor: number, currency: string): string {
  const digits = minor % MINOR_UNITS === 0 ? 0 : 2;
  const locale = LAKH_GROUPING.has(currency) ? 'en-IN' : 'en-US';
  return `${SYMBOLS[currency] ?? `${currency} `}${numberFormat(locale, digits).format(minor / MINOR_UNITS)}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format costs more than the rest of a reply. */
function numberFormat(locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`;
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  formats.set(key, format);
  return format;
}

/** Price of `quantity` units in minor units. The one place where money is rounded: half up, per line. */
export function lineTotalMinor(unitPriceMinor: number, quantity: number): number {
  return Math.round((unitPriceMinor * Math.round(quantity * 1000)) / 1000);
}
