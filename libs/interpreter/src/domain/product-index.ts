import type { CatalogueProduct, CatalogueView } from './catalogue';
import { editDistance, tolerance } from './edit-distance';
import { stem } from './lexicon';
import { clean, fold, soundKey } from './normalise';
import { tokenise } from './tokenise';
import { unitAt } from './units';

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
  /** Words by length, for typing errors. */
  wordsByLength: ReadonlyMap<number, readonly string[]>;
  packSizes: ReadonlyMap<string, readonly PackSize[]>;
  longestForm: number;
  /** Folded name → name. */
  categories: ReadonlyMap<string, string>;
}

const CACHE = new WeakMap<CatalogueView, ProductIndex>();
const SMALL_WORDS = new Set(['of', 'ko', 'de', 'da', 'do', 'van', 'met', 'and', 'with', 'the', 'x']);

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else if (!list.includes(value)) {
    list.push(value);
  }
}

/** A name cut into words and pack sizes; what stands in brackets describes the pack and is no part of the name. */
function cut(name: string): { words: string[]; sizes: PackSize[] } {
  const tokens = tokenise(clean(name.replace(/\([^)]*\)/gu, ' ')));
  const found: string[] = [];
  const sizes: PackSize[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    const unit = unitAt(tokens, at + 1);
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
}

/** Singular spellings of a word, so that "waters" and "box" / "boxes" meet. */
export function singulars(word: string): string[] {
  const plain = word.length > 3 && word.endsWith('s') ? [word.slice(0, -1)] : [];
  return word.length > 4 && word.endsWith('es') ? [...plain, word.slice(0, -2)] : plain;
}

function build(catalogue: CatalogueView): ProductIndex {
  const formsByWord = new Map<string, Form[]>();
  const wordsByKey = new Map<string, string[]>();
  const wordsByLength = new Map<number, string[]>();
  const packSizes = new Map<string, PackSize[]>();
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
        for (const word of form) {
          push(formsByWord, word, entry);
          push(wordsByKey, soundKey(word), word);
          singulars(word).forEach((singular) => {
            push(wordsByKey, soundKey(singular), word);
          });
          push(wordsByLength, word.length, word);
        }
      }
    }
  }
  return {
    bySku: new Map(catalogue.products.map((product) => [product.sku, product])),
    byNumber: new Map(catalogue.products.map((product) => [product.number, product])),
    formsByWord,
    wordsByKey,
    wordsByLength,
    packSizes,
    longestForm,
    categories: new Map(catalogue.products.map(({ category }) => [fold(category), category])),
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

/** `resolveWord` that looks each word of one message up once. */
export function wordResolver(index: ProductIndex): (word: string, fuzzy: boolean) => Resolved {
  const known = new Map<string, Resolved>();
  return (word, fuzzy) => {
    const key = `${fuzzy ? '~' : '='}${word}`;
    const resolved = known.get(key) ?? resolveWord(index, word, fuzzy);
    known.set(key, resolved);
    return resolved;
  };
}

/** Itself, else its plural or sound, else the nearest within tolerance. */
function resolveWord(index: ProductIndex, word: string, fuzzy: boolean): Resolved {
  if (index.formsByWord.has(word)) {
    return { words: [word], distance: 0 };
  }
  const bare = stem(word);
  const alike = [word, ...singulars(word), ...(bare === undefined ? [] : [bare])].flatMap(
    (form) => index.wordsByKey.get(soundKey(form)) ?? [],
  );
  if (alike.length > 0) {
    return { words: alike, distance: 0 };
  }
  if (!fuzzy) {
    return { words: [], distance: 0 };
  }
  let limit = tolerance(word.length);
  let nearest: string[] = [];
  for (let length = word.length - limit; length <= word.length + limit && limit > 0; length += 1) {
    for (const known of index.wordsByLength.get(length) ?? []) {
      const distance = editDistance(word, known, Math.min(limit, tolerance(known.length)));
      if (distance <= tolerance(known.length) && distance <= limit) {
        nearest = distance < limit ? [known] : [...nearest, known];
        limit = distance;
      }
    }
  }
  return { words: nearest, distance: nearest.length > 0 ? limit : 0 };
}
