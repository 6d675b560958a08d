import { type Form, isSmallWord, type ProductIndex, type Resolved } from './product-index';
import type { Token } from './tokenise';

/** Products that a run of words may mean. */
export interface Mention {
  skus: readonly string[];
  /** The run is a whole name or alias of each. */
  whole: boolean;
  length: number;
}

/** Each typed word must stand for a word of the form, and no word of the form twice. */
function covers(form: Form, typed: readonly Resolved[]): boolean {
  const left = [...form.words];
  return typed.every(({ words }) => {
    const at = left.findIndex((word) => words.includes(word));
    if (at >= 0) {
      left.splice(at, 1);
    }
    return at >= 0;
  });
}

function candidates(index: ProductIndex, typed: readonly Resolved[]): { whole: string[]; part: string[] } {
  const whole = new Set<string>();
  const part = new Set<string>();
  for (const word of typed[0]?.words ?? []) {
    for (const form of index.formsByWord.get(word) ?? []) {
      if (covers(form, typed)) {
        (form.words.length === typed.length ? whole : part).add(form.product.sku);
      }
    }
  }
  return { whole: [...whole], part: [...part] };
}

/** What is searched, and how its words are looked up. */
export interface Searched {
  index: ProductIndex;
  tokens: readonly Token[];
  resolve: (word: string, fuzzy: boolean) => Resolved;
}

/** The longest run of words from `start` that names products; words for which `fixed` holds are never taken for a typing error. */
export function mentionAt(
  { index, tokens, resolve }: Searched,
  start: number,
  fixed: (at: number) => boolean,
): Mention | undefined {
  const typed: Resolved[] = [];
  for (let at = start; at < tokens.length && typed.length < index.longestForm; at += 1) {
    const token = tokens[at];
    const text = token?.kind === 'number' ? String(token.value) : token?.kind === 'word' ? token.word : '';
    const resolved = text === '' ? undefined : resolve(text, token?.kind === 'word' && !fixed(at));
    if (resolved === undefined || resolved.words.length === 0) {
      break;
    }
    typed.push(resolved);
  }
  const joined = joinedAt(index, tokens, start);
  for (let length = typed.length; length > 0; length -= 1) {
    const run = typed.slice(0, length);
    const found = candidates(index, run);
    if (joined !== undefined && length < joined.length) {
      return joined;
    }
    if (found.whole.length > 0) {
      return { skus: found.whole, whole: true, length };
    }
    const tooLittle =
      length === 1 && (tokens[start]?.kind === 'number' || isSmallWord(tokens[start]?.word ?? ''));
    if (found.part.length > 0 && !tooLittle) {
      return { skus: found.part, whole: false, length };
    }
  }
  return joined;
}

/** A one-word name that was typed as two: "chow min". */
function joinedAt(index: ProductIndex, tokens: readonly Token[], start: number): Mention | undefined {
  const [first, second] = [tokens[start], tokens[start + 1]];
  if (first?.kind !== 'word' || second?.kind !== 'word') {
    return undefined;
  }
  const words = index.wordsByKey.get(first.word + second.word) ?? [];
  const found = candidates(index, [{ words, distance: 0 }]);
  return found.whole.length > 0 ? { skus: found.whole, whole: true, length: 2 } : undefined;
}
