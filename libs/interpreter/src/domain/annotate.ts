import { asideAt } from './asides';
import type { Element } from './element';
import { withFractions } from './fractions';
import type { Concept } from './language';
import type { Lexicon, PhraseMatch } from './lexicon';
import { isClassifier, numberAt, type NumberSpan, ordinalOf } from './numbers';
import { mentionAt } from './product-match';
import { plainForms } from './plurals';
import { isSmallWord, type ProductIndex, wordResolver } from './product-index';
import { placed, type Reader } from './reader';
import { withReferences } from './references';
import type { Token } from './tokenise';
import { unglue } from './unglue';
import { unitAt } from './units';

/** "Mais uma", "only one", "change it to one". */
const COUNTING: readonly Concept[] = ['more', 'another', 'only', 'into'];

/** Whether nothing but a number can stand here: alone, after "x", or last behind a word that wants one. */
function stands(reader: Reader, at: number): boolean {
  const before = reader.phrases[at - 1]?.concepts;
  const last = at === reader.tokens.length - 1;
  const counts = last && COUNTING.some((concept) => before?.has(concept) === true);
  return reader.tokens.length === 1 || reader.tokens[at - 1]?.word === 'x' || counts;
}

/** Whether what follows a weak number word is a thing that can be counted. */
function countable(reader: Reader, from: number): boolean {
  // "Una de cal".
  const at =
    isSmallWord(reader.tokens[from]?.word ?? '') && reader.phrases[from] !== undefined ? from + 1 : from;
  const token = reader.tokens[at];
  if (
    token?.word === 'x' ||
    isClassifier(reader.lexicon, token) ||
    unitAt(reader.unitNames, reader.tokens, at) !== undefined
  ) {
    return true;
  }
  const unknown = token?.kind === 'word' && reader.phrases[at] === undefined;
  return unknown || mentionAt(reader, at, (place) => reader.phrases[place] !== undefined) !== undefined;
}

const literal = (reader: Reader, at: number): boolean =>
  reader.index.formsByWord.has(reader.tokens[at]?.word ?? '');

/** Whether a word stands alone or beside a number or unit: "2 pani" is water, "coke pani" is "coke too". */
function counted({ lexicon, unitNames, tokens }: Reader, at: number): boolean {
  const isCount = (place: number): boolean =>
    numberAt(lexicon, tokens, place) !== undefined ||
    unitAt(unitNames, tokens, place) !== undefined ||
    isClassifier(lexicon, tokens[place]);
  return tokens.length === 1 || isCount(at - 1) || isCount(at + 1);
}

/** Whether a word is all that stands between two borders: "and water". */
function alone({ tokens, lexicon }: Reader, at: number): boolean {
  const isBorder = (token: Token | undefined): boolean =>
    token === undefined || token.kind === 'break' || (token.kind === 'word' && lexicon.isAnd(token.word));
  return at > 0 && isBorder(tokens[at - 1]) && isBorder(tokens[at + 1]);
}

function takeNumber(reader: Reader, at: number, span: NumberSpan): { element: Element; length: number } {
  const length = span.length + (isClassifier(reader.lexicon, reader.tokens[at + span.length]) ? 1 : 0);
  const { value, worded } = span;
  return { element: { ...placed(reader, at, length), kind: 'number', value, worded }, length };
}

function conceptAt(reader: Reader, at: number, phrase: PhraseMatch): { element: Element; length: number } {
  const place = placed(reader, at, phrase.length);
  return { element: { ...place, kind: 'concept', concepts: phrase.concepts }, length: phrase.length };
}

/** The number here; "ek pav bhaji" is one pav bhaji, and no quarter of bhaji. */
function numberBefore(reader: Reader, at: number): NumberSpan | undefined {
  const { lexicon, tokens } = reader;
  const span = numberAt(lexicon, tokens, at);
  const inside = Array.from({ length: (span?.length ?? 1) - 1 }, (_, index) => at + index + 1);
  const named = inside.find((place) => {
    const mention = mentionAt(reader, place, () => true);
    return mention?.whole === true && place + mention.length > at + (span?.length ?? 0);
  });
  return named === undefined ? span : numberAt(lexicon, tokens.slice(0, named), at);
}

function wordAt(reader: Reader, at: number): { element: Element; length: number } {
  const { lexicon, tokens, phrases } = reader;
  const token = tokens[at];
  const phrase = phrases[at];
  const exact = mentionAt(reader, at, () => true);
  const ordinal = ordinalOf(lexicon, token);
  const span = numberBefore(reader, at);
  if (
    phrase?.concepts.has('filler') === true &&
    exact?.length === 1 &&
    !literal(reader, at) &&
    !counted(reader, at) &&
    !alone(reader, at)
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
  const named = exact !== undefined && span?.worded === true && exact.length > span.length;
  if (
    span !== undefined &&
    !named &&
    span.length >= phraseLength &&
    (!span.weak || span.counted || stands(reader, at) || countable(reader, at + span.length))
  ) {
    return takeNumber(reader, at, span);
  }
  if (ordinal !== undefined && phraseLength <= 1) {
    return { element: { ...placed(reader, at, 1), kind: 'ordinal', value: ordinal }, length: 1 };
  }
  const unit = unitAt(reader.unitNames, tokens, at);
  const counts = unit?.length === 1 && numberAt(lexicon, tokens, at - 1) === undefined;
  const count = counts ? lexicon.numberAnywhere(token?.word ?? '') : undefined;
  if (count !== undefined) {
    // "Tin plate" is three plates in Nepal, and no can.
    return { element: { ...placed(reader, at, 1), kind: 'number', value: count, worded: true }, length: 1 };
  }
  if (unit !== undefined && unit.length >= phraseLength && phrase?.concepts.has('option') !== true) {
    return {
      element: { ...placed(reader, at, unit.length), kind: 'unit', unit: unit.unit },
      length: unit.length,
    };
  }
  if (
    exact !== undefined &&
    (phrase === undefined ||
      named ||
      exact.length > phraseLength ||
      (exact.length === phraseLength && !phrase.exact))
  ) {
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
  const respelt = lexicon.respell(token?.word ?? '');
  const corrected =
    respelt === undefined ? undefined : lexicon.phraseAt([respelt, ...wordsFrom(tokens, at + 1)]);
  if (corrected !== undefined && !NEVER_GUESSED.some((concept) => corrected.concepts.has(concept))) {
    return conceptAt(reader, at, corrected);
  }
  return { element: { ...placed(reader, at, 1), kind: 'unknown', word: token?.word ?? '' }, length: 1 };
}

/** "Canela" is no misspelt "cancela": what ends something, or spends money, must be written as it is. */
const NEVER_GUESSED: readonly Concept[] = [
  'yes',
  'cancel',
  'cart',
  'complaint',
  'day',
  'empty',
  'erase',
  'forgetMe',
  'optIn',
  'optOut',
  'remove',
  'reset',
  'stop',
];

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

/** A length, a sheet, a bundle: what this shop counts in. */
function unitOfShop({ units, languages }: ProductIndex, word: string): string | undefined {
  return [word, ...plainForms(word, languages)]
    .map((form) => units.get(form))
    .find((unit) => unit !== undefined);
}

/** Reads tokens into elements, left to right, the longest reading first. */
export function annotate(written: readonly Token[], index: ProductIndex, lexicon: Lexicon): Element[] {
  const resolve = wordResolver(index, lexicon);
  const tokens = unglue(written, { lexicon, names: (word) => resolve(word, false).words.length > 0 });
  const phrases = tokens.map((token, at) =>
    token.kind === 'word' ? lexicon.phraseAt(wordsFrom(tokens, at)) : undefined,
  );
  const unitNames: Lexicon['unit'] = (first, second) =>
    lexicon.unit(first, second) ?? (second === undefined ? unitOfShop(index, first) : undefined);
  const isUnit = (word: string): boolean => lexicon.unit(word) !== undefined;
  const startsPhrase = (at: number): boolean => (phrases[at]?.length ?? 0) > 1;
  const links = (at: number): boolean =>
    phrases[at]?.concepts.has('and') === true || lexicon.is('articles', tokens[at]?.word ?? '');
  const reader = { lexicon, unitNames, isUnit, startsPhrase, links, tokens, index, phrases, resolve };
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
    } else if (isClassifier(reader.lexicon, token) && elements.at(-1)?.kind === 'number') {
      at += 1;
      continue;
    } else {
      taken = wordAt(reader, at);
    }
    elements.push(taken.element);
    at += taken.length;
  }
  return withReferences(withFractions(elements));
}
