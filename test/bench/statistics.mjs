/** The value below which a share of the sample lies; NaN for an empty one. */
export function quantile(sample, share) {
  const sorted = Float64Array.from(sample).sort();
  return sorted.length === 0
    ? Number.NaN
    : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const median = (sample) => {
  const sorted = Float64Array.from(sample).sort();
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const total = (sample) => sample.reduce((sum, value) => sum + value, 0);

export const rounded = (value, digits = 1) => (Number.isFinite(value) ? Number(value.toFixed(digits)) : null);

/** CPU milliseconds a message, by process. */
export function cpuEach(before, after, messages) {
  return Object.fromEntries(
    Object.keys(after).map((name) => [name, ((after[name] - before[name]) * 1_000) / messages]),
  );
}

/** Median of each process's CPU over the rounds, as one readable cell. */
export function cpuCell(runs) {
  return Object.keys(runs[0].cpu)
    .map((name) => `${name} ${rounded(median(runs.map(({ cpu }) => cpu[name])), 2)}`)
    .join(', ');
}
