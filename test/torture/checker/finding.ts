/** What one invariant says about a run. */
export interface Finding {
  invariant: string;
  /** How many things were looked at, and how many of them break it. */
  of: number;
  broken: number;
  /** Told, and not judged: a known gap, or a figure. */
  onlyTold?: boolean;
  evidence: string[];
}

const EVIDENCE = 5;

export function finding(
  invariant: string,
  of: number,
  broken: readonly string[],
  more: Pick<Finding, 'onlyTold'> = {},
): Finding {
  return { invariant, of, broken: broken.length, evidence: broken.slice(0, EVIDENCE), ...more };
}
