import { consonants } from './arabizi';
import type { CatalogueProduct, CatalogueView } from './catalogue';
import { editDistance, tolerance } from './edit-distance';
import { otherNames } from './goods-dictionary';
import type { Lexicon } from './lexicon';
import { clean, fold, soundKey } from './normalise';
import { plainForms } from './plurals';
import { push } from './push';
import { remembered } from './remembered';
import { tokenise } from './tokenise';
import { anyUnit, unitAt } from './units';

/** One name of a product: its words, without pack sizes. */
export interface Form {
  product: CatalogueProduct;
  words: readonly string[];
}

/** A size that belongs to a product's name: "20kg", "1L". */
interface PackSize {
  value: number;
  unit: string;
}

/** The catalogue, ready to be searched by word. */
export interface ProductIndex {
  bySku: ReadonlyMap<string, CatalogueProduct>;
  byNumber: ReadonlyMap<number, CatalogueProduct>;
  formsByWord: ReadonlyMap<string, readonly Form[]>;
  /** Sound key → words of names that sound so. */
  wordsByKey: ReadonlyMap<string, readonly string[]>;
  /** Words with letters by length and by first or last letters: a typing error seldom hits both ends. */
  wordsByEnds: ReadonlyMap<string, readonly string[]>;
  packSizes: ReadonlyMap<string, readonly PackSize[]>;
  longestForm: number;
  /** Folded name → name. */
  categories: ReadonlyMap<string, string>;
  /** What the shop counts in: folded word → its unit. */
  units: ReadonlyMap<string, string>;
  /** Languages in which its products are named, and English. */
  languages: readonly string[];
  /** Languages of its shoppers. */
  spoken: readonly string[];
}

const CACHE = new WeakMap<CatalogueView, ProductIndex>();
const SMALL_WORDS = new Set(['of', 'ko', 'de', 'da', 'do', 'van', 'met', 'and', 'with', 'the', 'x']);

/**
 * A name cut into words and pack sizes; what stands in brackets describes the pack and is no part of the name. Remembered,
 * because a catalogue that changes keeps nearly all of its names.
 */
const cut = remembered((name: string): { words: string[]; sizes: PackSize[] } => {
  const tokens = tokenise(clean(name.replace(/\([^)]*\)/gu, ' ')));
  const found: string[] = [];
  const sizes: PackSize[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    const unit = unitAt(anyUnit, tokens, at + 1);
    if (token?.kind === 'number' && unit !== undefined) {
      sizes.push({ value: token.value, unit: unit.unit });
      at += unit.length;
    } else if (token?.kind === 'word') {
      found.push(token.word);
    } else if (token?.kind === 'number') {
      found.push(String(token.value));
    }
  }
  return { words: found, sizes };
});

/** Keys of words that are as long and begin, or end, alike; none for numbers, which nobody misspells. */
function endsOf(word: string, length: number): string[] {
  return /\d/u.test(word) ? [] : [`${length}^${word.charAt(0)}`, `${length}$${word.slice(-2)}`];
}

/** Key of an Arabic word, also where it is written in Latin letters. */
function latinKey(word: string): string | undefined {
  const key = consonants(word);
  return key === undefined ? undefined : `~${key}`;
}

/** Words of Arabic names that a word in Latin letters, and digits, may stand for: "ta3meya" is طعمية. */
export function arabicWords({ wordsByKey }: ProductIndex, word: string): readonly string[] {
  const key = /^[a-z\d]+$/u.test(word) ? latinKey(word) : undefined;
  return key === undefined ? [] : (wordsByKey.get(key) ?? []);
}

function build(catalogue: CatalogueView): ProductIndex {
  const formsByWord = new Map<string, Form[]>();
  const wordsByKey = new Map<string, string[]>();
  const spelt = new Set<string>();
  const packSizes = new Map<string, PackSize[]>();
  const named = new Set(catalogue.products.flatMap(({ names }) => Object.keys(names)));
  const spoken = catalogue.languages ?? [...named];
  const languages = [...new Set([...spoken, 'en'])];
  let longestForm = 1;
  for (const product of catalogue.products) {
    const seen = new Set<string>();
    for (const name of [product.name, ...Object.values(product.names), ...product.aliases]) {
      const { words, sizes } = cut(name);
      sizes.forEach((size) => {
        push(packSizes, product.sku, size);
      });
      for (const form of words.length > 1 ? [words, [words.join('')]] : [words]) {
        if (form.length === 0 || seen.has(form.join(' '))) {
          continue;
        }
        seen.add(form.join(' '));
        longestForm = Math.max(longestForm, form.length);
        const entry = { product, words: form };
        for (const word of new Set(form)) {
          if (!formsByWord.has(word)) {
            [word, ...plainForms(word, languages)].forEach((plain) => {
              push(wordsByKey, soundKey(plain), word);
            });
            const latin = /\p{Script=Arabic}/u.test(word) ? latinKey(word) : undefined;
            if (latin !== undefined) {
              push(wordsByKey, latin, word);
            }
          }
          push(formsByWord, word, entry);
          if (form === words) {
            spelt.add(word);
          }
        }
      }
    }
  }
  const wordsByEnds = new Map<string, string[]>();
  for (const word of spelt) {
    endsOf(word, word.length).forEach((ends) => {
      push(wordsByEnds, ends, word);
    });
  }
  return {
    bySku: new Map(catalogue.products.map((product) => [product.sku, product])),
    byNumber: new Map(catalogue.products.map((product) => [product.number, product])),
    formsByWord,
    wordsByKey,
    wordsByEnds,
    packSizes,
    longestForm,
    categories: new Map(catalogue.products.map(({ category }) => [fold(category), category])),
    units: new Map(
      catalogue.products
        .flatMap(({ unit, units }) => [unit, ...Object.keys(units)])
        .map((unit) => [fold(unit), unit]),
    ),
    languages,
    spoken,
  };
}

/** The compiled catalogue; compiled once per catalogue object. */
export function indexOf(catalogue: CatalogueView): ProductIndex {
  const known = CACHE.get(catalogue);
  if (known !== undefined) {
    return known;
  }
  const index = build(catalogue);
  CACHE.set(catalogue, index);
  return index;
}

/** Whether a word alone says too little to name a product. */
export function isSmallWord(word: string): boolean {
  return SMALL_WORDS.has(word);
}

/** Words of product names that a typed word stands for, and how many typing errors were forgiven. */
export interface Resolved {
  words: readonly string[];
  distance: number;
}

type Resolver = (word: string, fuzzy: boolean) => Resolved;

const RESOLVERS = new WeakMap<ProductIndex, Map<Lexicon, Resolver>>();

/** `resolveWord` that remembers what it has looked up. */
export function wordResolver(index: ProductIndex, lexicon: Lexicon): Resolver {
  const resolvers = RESOLVERS.get(index) ?? new Map<Lexicon, Resolver>();
  RESOLVERS.set(index, resolvers);
  const known = resolvers.get(lexicon);
  if (known !== undefined) {
    return known;
  }
  const exactly = remembered((word) => resolveWord(index, lexicon, word, false));
  const nearly = remembered((word) => resolveWord(index, lexicon, word, true));
  const resolver: Resolver = (word, fuzzy) => (fuzzy ? nearly(word) : exactly(word));
  resolvers.set(lexicon, resolver);
  return resolver;
}

/** Itself, else its plural or sound, else the nearest within tolerance. */
function resolveWord(index: ProductIndex, lexicon: Lexicon, word: string, fuzzy: boolean): Resolved {
  const bare = lexicon.stem(word);
  const plain = plainForms(word, index.languages);
  const alikeTo = (form: string): readonly string[] => index.wordsByKey.get(soundKey(form)) ?? [];
  // "Frietje" alone may be any of the fries; "broodjes" are the plural of "broodje" rather than of "brood".
  const alike = index.formsByWord.has(word)
    ? [word, ...plain.flatMap(alikeTo)]
    : ([word, ...plain.toSorted((a, b) => b.length - a.length), ...(bare === undefined ? [] : [bare])]
        .map(alikeTo)
        .find((found) => found.length > 0) ?? []);
  if (alike.length > 0 || !fuzzy) {
    return { words: alike, distance: 0 };
  }
  // A shop's "Eggs" are "huevos" to whoever says so.
  const others = [word, ...plain, ...(bare === undefined ? [] : [bare])].flatMap((form) =>
    otherNames(form, lexicon.codes),
  );
  // By letter: what sounds alike in two languages is two things.
  const isNamed = (name: string, known: string): boolean =>
    name === known || plainForms(known, index.languages).includes(name);
  const translated = [
    ...new Set(others.flatMap((name) => alikeTo(name).filter((known) => isNamed(name, known)))),
  ];
  if (translated.length > 0) {
    return { words: translated, distance: 0 };
  }
  const arabic = lexicon.habits.latinByConsonants === true ? arabicWords(index, word) : [];
  if (arabic.length > 0) {
    return { words: arabic, distance: 0 };
  }
  let limit = tolerance(word);
  let nearest: string[] = [];
  for (let length = word.length - limit; length <= word.length + limit && limit > 0; length += 1) {
    const candidates = new Set(endsOf(word, length).flatMap((ends) => index.wordsByEnds.get(ends) ?? []));
    for (const known of candidates) {
      const distance = editDistance(word, known, Math.min(limit, tolerance(known)));
      if (distance <= tolerance(known) && distance <= limit) {
        nearest = distance < limit ? [known] : [...nearest, known];
        limit = distance;
      }
    }
  }
  return { words: nearest, distance: nearest.length > 0 ? limit : 0 };
}
