const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** How far back anybody may ask for: shoppers' messages that are older are nobody's business any more. */
const LONGEST_MS = 30 * UNIT_MS.d;

/** `30m`, `2h`, `7d` in milliseconds; undefined for anything else, and for more than 30 days. */
export function readPeriodMs(text: string): number | undefined {
  const [, amount, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  const ms = Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
  return ms <= LONGEST_MS ? ms : undefined;
}
