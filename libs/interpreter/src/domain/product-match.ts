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
  if (form.words.length < typed.length) {
    return false;
  }
  const left = [...form.words];
  return typed.every(({ words }) => {
    const at = left.findIndex((word) => words.includes(word));
    if (at >= 0) {
      left.splice(at, 1);
    }
    return at >= 0;
  });
}

function formsWith({ formsByWord }: ProductIndex, { words }: Resolved): readonly Form[] {
  const [word, ...others] = words;
  const forms = word === undefined ? undefined : formsByWord.get(word);
  return others.length === 0 ? (forms ?? []) : words.flatMap((one) => formsByWord.get(one) ?? []);
}

function candidates(index: ProductIndex, typed: readonly Resolved[]): { whole: string[]; part: string[] } {
  const whole = new Set<string>();
  const part = new Set<string>();
  const [rarest = []] = typed.map((word) => formsWith(index, word)).sort((a, b) => a.length - b.length);
  for (const form of rarest) {
    if (covers(form, typed)) {
      (form.words.length === typed.length ? whole : part).add(form.product.sku);
    }
  }
  return { whole: [...whole], part: [...part] };
}

/** Products whose whole name the typed words are, word by word. */
function inOrder(index: ProductIndex, typed: readonly Resolved[]): string[] {
  const forms = typed[0] === undefined ? [] : formsWith(index, typed[0]);
  const exact = forms.filter(
    ({ words }) =>
      words.length === typed.length &&
      words.every((word, place) => typed[place]?.words.includes(word) === true),
  );
  return [...new Set(exact.map(({ product }) => product.sku))];
}

/** What is searched, and how its words are looked up. */
export interface Searched {
  index: ProductIndex;
  tokens: readonly Token[];
  resolve: (word: string, fuzzy: boolean) => Resolved;
  /** A number before such a word is a size, and no part of a name. */
  isUnit: (word: string) => boolean;
  /** Several words that mean something else begin here: "भेज दो" is "send", beside a product that is called "भेज". */
  startsPhrase: (at: number) => boolean;
  /** Whether a word is an "and" or an article: "and a" is no "anda". */
  links: (at: number) => boolean;
}

/** The longest run of words from `start` that names products; words for which `fixed` holds are never taken for a typing error. */
export function mentionAt(
  { index, tokens, resolve, isUnit, startsPhrase, links }: Searched,
  start: number,
  fixed: (at: number) => boolean,
): Mention | undefined {
  const typed: Resolved[] = [];
  for (let at = start; at < tokens.length && typed.length < index.longestForm; at += 1) {
    const token = tokens[at];
    const measured =
      token?.kind === 'number' && tokens[at + 1]?.kind === 'word' && isUnit(tokens[at + 1]?.word ?? '');
    const text = measured
      ? ''
      : token?.kind === 'number'
        ? String(token.value)
        : token?.kind === 'word'
          ? token.word
          : '';
    const resolved = text === '' ? undefined : resolve(text, token?.kind === 'word' && !fixed(at));
    if (resolved === undefined || resolved.words.length === 0) {
      break;
    }
    typed.push(resolved);
  }
  const joined = links(start) || links(start + 1) ? undefined : joinedAt(index, tokens, start);
  for (let length = typed.length; length > 0; length -= 1) {
    const run = typed.slice(0, length);
    const cuts = run.some((_, place) => place > 0 && startsPhrase(start + place));
    const found = cuts ? { whole: inOrder(index, run), part: [] } : candidates(index, run);
    if (joined !== undefined && length < joined.length) {
      return joined;
    }
    if (found.whole.length > 0) {
      return { skus: found.whole, whole: true, length };
    }
    // "Half a kilo of cheese": no part of "bread of cheese" begins here.
    const small = isSmallWord(tokens[start]?.word ?? '');
    const tooLittle = small || (length === 1 && tokens[start]?.kind === 'number');
    if (found.part.length > 0 && !tooLittle) {
      const alike = length === 2 ? togetherAt(index, tokens, start, resolve) : [];
      return { skus: [...new Set([...found.part, ...alike])], whole: false, length };
    }
  }
  return joined;
}

/** "Chau chau" is part of one name, and all that others are: what two words mean when they are one. */
function togetherAt(
  index: ProductIndex,
  tokens: readonly Token[],
  start: number,
  resolve: Searched['resolve'],
): string[] {
  const together = resolve(`${tokens[start]?.word ?? ''}${tokens[start + 1]?.word ?? ''}`, true);
  const { whole, part } = candidates(index, together.distance === 0 ? [together] : []);
  return [...whole, ...part];
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
