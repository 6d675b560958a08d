export interface NewShopper {
  /** Every address that is known to be this shopper's, the one they wrote from first. */
  addresses: readonly [string, ...string[]];
  name: string;
  language: string;
}
