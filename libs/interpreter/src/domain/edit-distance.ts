import { distance } from 'fastest-levenshtein';

/** Typing errors between two words, of which a swap of neighbours is one; `limit + 1` if they are more than `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) {
    return limit + 1;
  }
  const swapped = withoutSwap(a, b);
  const edits = distance(a, b);
  return Math.min(swapped === undefined ? edits : Math.min(edits, 1 + distance(swapped, b)), limit + 1);
}

/** `a` with the neighbours put right that are swapped where it first differs from `b`: Levenshtein's distance counts them twice. */
function withoutSwap(a: string, b: string): string | undefined {
  let at = 0;
  while (at < a.length && a[at] === b[at]) {
    at += 1;
  }
  const [first, second] = [a[at], a[at + 1]];
  return first !== undefined && second !== undefined && first === b[at + 1] && second === b[at]
    ? a.slice(0, at) + second + first + a.slice(at + 2)
    : undefined;
}

/** How many typing errors a word may hold. */
export function tolerance(word: string): number {
  // Arabic writes no short vowels: another letter is soon another word.
  const least = /\p{Script=Arabic}/u.test(word) ? 6 : 4;
  return word.length < least ? 0 : word.length < 8 ? 1 : 2;
}
