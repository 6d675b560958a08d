/** Most messages of any second, wherever it begins. */
export function busiestSecond(accepted) {
  const times = accepted.map(({ acceptedAt }) => acceptedAt).sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [last, at] of times.entries()) {
    while (times[first] <= at - 1_000) {
      first += 1;
    }
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** Messages that came before one that had been written to the same phone earlier. */
export function misordered(accepted) {
  const newest = new Map();
  let count = 0;
  for (const { phone, outboxId } of accepted) {
    const before = newest.get(phone) ?? 0;
    count += Number(outboxId) < before ? 1 : 0;
    newest.set(phone, Math.max(before, Number(outboxId)));
  }
  return count;
}
