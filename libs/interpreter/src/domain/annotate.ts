import type { Concept } from './language';
import { phraseAt, type PhraseMatch, respell } from './lexicon';
import { isClassifier, numberAt, type NumberSpan, ordinalOf } from './numbers';
import { type Mention, mentionAt, type Searched } from './product-match';
import { type ProductIndex, wordResolver } from './product-index';
import type { Token } from './tokenise';
import { unitAt } from './units';

interface Place {
  /** Borders in the cleaned text. */
  start: number;
  end: number;
}

/** A message as the grammar reads it. */
export type Element = Place &
  (
    | { kind: 'number'; value: number; worded: boolean }
    | { kind: 'ordinal'; value: number }
    | { kind: 'unit'; unit: string }
    | { kind: 'product'; mention: Mention }
    | { kind: 'concept'; concepts: ReadonlySet<Concept> }
    | { kind: 'unknown'; word: string }
    | { kind: 'aside'; aside: 'time' | 'ref' | 'money' | 'phone' | 'floor'; value: number }
    | { kind: 'break'; hard: boolean }
    | { kind: 'question' }
    | { kind: 'emoji'; word: string }
  );

const PHONE_DIGITS = 7;

interface Reader extends Searched {
  phrases: readonly (PhraseMatch | undefined)[];
}

function placed(reader: Reader, at: number, length: number): Place {
  return { start: reader.tokens[at]?.start ?? 0, end: reader.tokens[at + length - 1]?.end ?? 0 };
}

const digits = (token: Token | undefined): number => (token === undefined ? 0 : token.end - token.start);

/** Money, telephone numbers and floors hold numbers that count nothing. */
function asideAt(reader: Reader, at: number): { element: Element; length: number } | undefined {
  const token = reader.tokens[at];
  if (token?.kind === 'time' || token?.kind === 'ref') {
    return {
      element: { ...placed(reader, at, 1), kind: 'aside', aside: token.kind, value: token.value },
      length: 1,
    };
  }
  const money = reader.phrases[at]?.concepts.has('currency') === true;
  if (money && reader.tokens[at + 1]?.kind === 'number') {
    const value = reader.tokens[at + 1]?.value ?? 0;
    return { element: { ...placed(reader, at, 2), kind: 'aside', aside: 'money', value }, length: 2 };
  }
  if (token?.kind !== 'number') {
    return undefined;
  }
  const next = reader.phrases[at + 1]?.concepts;
  if (next?.has('currency') === true || next?.has('floor') === true || next?.has('clock') === true) {
    const aside = next.has('currency') ? 'money' : next.has('floor') ? 'floor' : 'time';
    return { element: { ...placed(reader, at, 2), kind: 'aside', aside, value: token.value }, length: 2 };
  }
  const times = reader.tokens[at - 1]?.word === 'x';
  if (
    digits(token) >= PHONE_DIGITS &&
    digits(token) <= 15 &&
    !times &&
    Number.isInteger(token.value) &&
    token.value >= 1e6
  ) {
    return {
      element: { ...placed(reader, at, 1), kind: 'aside', aside: 'phone', value: token.value },
      length: 1,
    };
  }
  return undefined;
}

/** Whether nothing but a number can stand here: alone, or after "x". */
function stands(reader: Reader, at: number): boolean {
  return reader.tokens.length === 1 || reader.tokens[at - 1]?.word === 'x';
}

/** Whether what follows a weak number word is a thing that can be counted. */
function countable(reader: Reader, at: number): boolean {
  const token = reader.tokens[at];
  if (token?.word === 'x' || isClassifier(token) || unitAt(reader.tokens, at) !== undefined) {
    return true;
  }
  return mentionAt(reader, at, (place) => reader.phrases[place] !== undefined) !== undefined;
}

const literal = (reader: Reader, at: number): boolean =>
  reader.index.formsByWord.has(reader.tokens[at]?.word ?? '');

/** Whether a word stands alone or beside a number or unit: "2 pani" is water, "coke pani" is "coke too". */
function counted({ tokens }: Reader, at: number): boolean {
  const isCount = (place: number): boolean =>
    numberAt(tokens, place) !== undefined ||
    unitAt(tokens, place) !== undefined ||
    isClassifier(tokens[place]);
  return tokens.length === 1 || isCount(at - 1) || isCount(at + 1);
}

function takeNumber(reader: Reader, at: number, span: NumberSpan): { element: Element; length: number } {
  const length = span.length + (isClassifier(reader.tokens[at + span.length]) ? 1 : 0);
  const { value, worded } = span;
  return { element: { ...placed(reader, at, length), kind: 'number', value, worded }, length };
}

function conceptAt(reader: Reader, at: number, phrase: PhraseMatch): { element: Element; length: number } {
  const place = placed(reader, at, phrase.length);
  return { element: { ...place, kind: 'concept', concepts: phrase.concepts }, length: phrase.length };
}

function wordAt(reader: Reader, at: number): { element: Element; length: number } {
  const { tokens, phrases } = reader;
  const token = tokens[at];
  const phrase = phrases[at];
  const exact = mentionAt(reader, at, () => true);
  const ordinal = ordinalOf(token);
  const span = numberAt(tokens, at);
  if (
    phrase?.concepts.has('filler') === true &&
    exact?.length === 1 &&
    !literal(reader, at) &&
    !counted(reader, at)
  ) {
    return conceptAt(reader, at, phrase);
  }
  const phraseLength = phrase?.length ?? 0;
  if (exact?.whole === true && exact.length >= phraseLength && exact.length >= (span?.length ?? 0)) {
    return {
      element: { ...placed(reader, at, exact.length), kind: 'product', mention: exact },
      length: exact.length,
    };
  }
  if (
    span !== undefined &&
    span.length >= phraseLength &&
    (!span.weak || span.counted || stands(reader, at) || countable(reader, at + span.length))
  ) {
    return takeNumber(reader, at, span);
  }
  if (ordinal !== undefined && phraseLength <= 1) {
    return { element: { ...placed(reader, at, 1), kind: 'ordinal', value: ordinal }, length: 1 };
  }
  const unit = unitAt(tokens, at);
  if (unit !== undefined && unit.length >= phraseLength && phrase?.concepts.has('option') !== true) {
    return {
      element: { ...placed(reader, at, unit.length), kind: 'unit', unit: unit.unit },
      length: unit.length,
    };
  }
  if (exact !== undefined && (phrase === undefined || (exact.length >= phraseLength && !phrase.exact))) {
    return {
      element: { ...placed(reader, at, exact.length), kind: 'product', mention: exact },
      length: exact.length,
    };
  }
  if (phrase !== undefined) {
    return conceptAt(reader, at, phrase);
  }
  const near = mentionAt(reader, at, (place) => phrases[place] !== undefined);
  if (near !== undefined) {
    return {
      element: { ...placed(reader, at, near.length), kind: 'product', mention: near },
      length: near.length,
    };
  }
  const respelt = respell(token?.word ?? '');
  const corrected = respelt === undefined ? undefined : phraseAt([respelt, ...wordsFrom(tokens, at + 1)]);
  if (corrected !== undefined) {
    return conceptAt(reader, at, corrected);
  }
  return { element: { ...placed(reader, at, 1), kind: 'unknown', word: token?.word ?? '' }, length: 1 };
}

const LONGEST_PHRASE = 7;

function wordsFrom(tokens: readonly Token[], start: number): string[] {
  const run: string[] = [];
  for (const token of tokens.slice(start, start + LONGEST_PHRASE)) {
    if (token.kind !== 'word') {
      break;
    }
    run.push(token.word);
  }
  return run;
}

/** Reads tokens into elements, left to right, the longest reading first. */
export function annotate(tokens: readonly Token[], index: ProductIndex): Element[] {
  const phrases = tokens.map((token, at) =>
    token.kind === 'word' ? phraseAt(wordsFrom(tokens, at)) : undefined,
  );
  const reader = { tokens, index, phrases, resolve: wordResolver(index) };
  const elements: Element[] = [];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    const place = placed(reader, at, 1);
    const aside = asideAt(reader, at);
    let taken: { element: Element; length: number };
    if (aside !== undefined) {
      taken = aside;
    } else if (token?.kind === 'break') {
      taken = { element: { ...place, kind: 'break', hard: /[\n.;!।]/u.test(token.word) }, length: 1 };
    } else if (token?.kind === 'question') {
      taken = { element: { ...place, kind: 'question' }, length: 1 };
    } else if (token?.kind === 'emoji') {
      taken = { element: { ...place, kind: 'emoji', word: token.word }, length: 1 };
    } else if (isClassifier(token) && elements.at(-1)?.kind === 'number') {
      at += 1;
      continue;
    } else {
      taken = wordAt(reader, at);
    }
    elements.push(taken.element);
    at += taken.length;
  }
  return elements;
}
