import { LANGUAGES } from './language';
import { fold, soundKey } from './normalise';
import type { Token } from './tokenise';

/** A number in words or digits, with the tokens it covers. */
export interface NumberSpan {
  value: number;
  length: number;
  /** Only a number beside a unit or a product: "a", "cha". */
  weak: boolean;
  /** The number word counted things already: "duita". */
  counted: boolean;
  /** From a word, not from digits. */
  worded: boolean;
}

function table(
  pick: (language: (typeof LANGUAGES)[number]) => Readonly<Record<string, number>>,
): Map<string, number> {
  return new Map(
    LANGUAGES.flatMap((language) =>
      Object.entries(pick(language)).map(([word, value]): [string, number] => [soundKey(fold(word)), value]),
    ),
  );
}

const NUMBERS = table((language) => language.numbers);
const MULTIPLIERS = table((language) => language.multipliers);
const OFFSETS = table((language) => language.offsets);
const ORDINALS = table((language) => language.ordinals);
const WEAK = new Set(
  LANGUAGES.flatMap((language) => language.weakNumbers.map((word) => soundKey(fold(word)))),
);
const ARTICLES = new Set(LANGUAGES.flatMap((language) => language.articles));
const CLASSIFIERS = new Set(
  LANGUAGES.flatMap((language) => language.classifiers.map((word) => soundKey(fold(word)))),
);
const AND = new Set(['and', 'n']);

const keyOf = (token: Token | undefined): string => (token?.kind === 'word' ? soundKey(token.word) : '');

/** A word that only says that things are counted. */
export function isClassifier(token: Token | undefined): boolean {
  return CLASSIFIERS.has(keyOf(token));
}

/** "first", "dosro", "3rd": the place in a list, -1 for the last. */
export function ordinalOf(token: Token | undefined): number | undefined {
  return token?.kind === 'ordinal' ? token.value : ORDINALS.get(keyOf(token));
}

function unit(token: Token | undefined): { value: number; counted: boolean } | undefined {
  if (token?.kind === 'number') {
    return { value: token.value, counted: false };
  }
  const key = keyOf(token);
  const direct = NUMBERS.get(key);
  if (direct !== undefined) {
    return { value: direct, counted: key.length > 3 && (key.endsWith('ta') || key.endsWith('टा')) };
  }
  for (const classifier of CLASSIFIERS) {
    const stemmed = key.endsWith(classifier) ? NUMBERS.get(key.slice(0, -classifier.length)) : undefined;
    if (stemmed !== undefined) {
      return { value: stemmed, counted: true };
    }
  }
  return undefined;
}

/** Reads "2", "twenty five", "sadhe tin", "two hundred", "one and a half", "half a" at a place. */
export function numberAt(tokens: readonly Token[], start: number): NumberSpan | undefined {
  const offset = OFFSETS.get(keyOf(tokens[start]));
  const shifted = offset === undefined ? undefined : unit(tokens[start + 1]);
  if (offset !== undefined && shifted !== undefined) {
    return { value: shifted.value + offset, length: 2, weak: false, counted: true, worded: true };
  }
  const first = unit(tokens[start]);
  if (first === undefined) {
    return undefined;
  }
  const token = tokens[start];
  const worded = token?.kind === 'word';
  let { value, counted } = first;
  let weak = worded && WEAK.has(keyOf(token));
  let at = start + 1;
  const next = unit(tokens[at]);
  if (
    worded &&
    value >= 20 &&
    value < 100 &&
    value % 10 === 0 &&
    next !== undefined &&
    next.value > 0 &&
    next.value < 10
  ) {
    value += next.value;
    at += 1;
  } else if (worded && value > 0 && value < 1 && ARTICLES.has(keyOf(tokens[at]))) {
    at += 1;
  } else if (ARTICLES.has(keyOf(token)) && next !== undefined && tokens[at]?.kind === 'word') {
    ({ value, counted } = next);
    weak = false;
    at += 1;
  }
  const multiplier = MULTIPLIERS.get(keyOf(tokens[at]));
  if (multiplier !== undefined) {
    value *= multiplier;
    weak = false;
    at += 1;
    const tail = unit(tokens[at + (AND.has(keyOf(tokens[at])) ? 1 : 0)]);
    if (tail !== undefined && tail.value >= 1 && tail.value < multiplier && tokens[at]?.kind === 'word') {
      value += tail.value;
      at += AND.has(keyOf(tokens[at])) ? 2 : 1;
    }
  } else if (AND.has(keyOf(tokens[at]))) {
    const article = ARTICLES.has(keyOf(tokens[at + 1])) ? 1 : 0;
    const part = unit(tokens[at + 1 + article]);
    if (part !== undefined && part.value > 0 && part.value < 1) {
      value += part.value;
      weak = false;
      at += 2 + article;
    }
  }
  return { value, length: at - start, weak, counted, worded };
}
