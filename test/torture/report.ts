import type { Finding } from './checker/finding';
import type { Timing } from './checker/times';
import type { RunResult } from './torture';
import type { Scale } from './scale';

/** Invariants that are broken, and would be broken on any machine. */
export function brokenBy({ findings }: RunResult): Finding[] {
  return findings.filter(({ broken, onlyTold }) => broken > 0 && onlyTold !== true);
}

export function isTooSlow({ p99, limit }: Timing): boolean {
  return p99 !== null && p99 > limit;
}

export function report(result: RunResult, scale: Scale): string {
  const accepted = result.findings.find(({ invariant }) => invariant === 'accepted but lost')?.of ?? 0;
  const lines = [
    `seed ${result.seed}, ${result.seconds} s: ${result.sent} messages sent, ${accepted} accepted`,
    `faults: ${list(result.faults)}`,
    `failpoints: ${list(result.failpointHits)}`,
    ...(result.failpointsMissed.length > 0
      ? [`failpoints not hit often enough: ${result.failpointsMissed.join(', ')}`]
      : []),
    result.drainedMs === null
      ? `something still waits ${scale.settleMs / 1_000} s after the load`
      : `nothing waits ${result.drainedMs / 1_000} s after the load`,
    '',
    ...result.findings.map(
      ({ invariant, of, broken, onlyTold }) =>
        `${mark(broken, onlyTold)} ${invariant.padEnd(46)} ${String(broken).padStart(6)} of ${of}`,
    ),
    '',
    ...result.times.map(
      (time) =>
        `${isTooSlow(time) ? (scale.judgesTimes ? 'FAIL' : 'slow') : 'ok  '} ${time.what.padEnd(46)} ` +
        `p50 ${ms(time.p50)}  p99 ${ms(time.p99)}  limit ${ms(time.limit)}  (${time.samples} samples)`,
    ),
    '',
    ...result.findings
      .filter(({ broken, onlyTold }) => broken > 0 && onlyTold !== true)
      .flatMap(({ invariant, evidence }) => [`${invariant}:`, ...evidence.map((line) => `  ${line}`)]),
    `0 of ${accepted} would mean: below ${(300 / Math.max(1, accepted)).toFixed(3)} % with 95 % confidence (3/N)`,
  ];
  return lines.join('\n');
}

function mark(broken: number, onlyTold: boolean | undefined): string {
  if (broken === 0) {
    return 'ok  ';
  }
  return onlyTold === true ? 'told' : 'FAIL';
}

function list(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function ms(value: number | null): string {
  return value === null ? '-' : `${value} ms`;
}
