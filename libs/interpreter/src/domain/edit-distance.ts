/** Damerau-Levenshtein (adjacent swaps count once), or `limit + 1` as soon as more than `limit` edits are certain. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) {
    return limit + 1;
  }
  let before: number[] = [];
  let leastBefore = 0;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit && leastBefore > limit) {
      return limit + 1;
    }
    [before, row, leastBefore] = [row, next, least];
  }
  return Math.min(row[b.length] ?? 0, limit + 1);
}

/** How many typing errors a word may hold. */
export function tolerance(word: string): number {
  // Arabic writes no short vowels: another letter is soon another word.
  const least = /\p{Script=Arabic}/u.test(word) ? 6 : 4;
  return word.length < least ? 0 : word.length < 8 ? 1 : 2;
}
