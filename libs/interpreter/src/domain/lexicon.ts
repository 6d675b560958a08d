import { type Concept, LANGUAGES } from './language';
import { fold, soundKey } from './normalise';
import { editDistance } from './edit-distance';

interface Pattern {
  words: readonly { text: string; key: string; prefix: boolean }[];
  concept: Concept;
}

/** Concepts of the longest phrase that begins at a place, and its length in words. */
export interface PhraseMatch {
  length: number;
  concepts: ReadonlySet<Concept>;
  exact: boolean;
}

const LONGEST_PREFIX = 14;
const SHORTEST_TYPO = 5;

/** Words as `tokenise` would give them, so that data may be written as people write. */
export function words(phrase: string): string[] {
  return (phrase.match(/[\p{L}\p{M}\p{N}'%*]+/gu) ?? []).map((word) => fold(word.replaceAll("'", '')));
}

function compile(): {
  exact: Map<string, Pattern[]>;
  prefix: Map<string, Pattern[]>;
  vocabulary: Set<string>;
} {
  const exact = new Map<string, Pattern[]>();
  const prefix = new Map<string, Pattern[]>();
  const vocabulary = new Set<string>();
  const file = (map: Map<string, Pattern[]>, key: string, pattern: Pattern): void => {
    map.set(key, [...(map.get(key) ?? []), pattern]);
  };
  for (const language of LANGUAGES) {
    for (const [concept, phrases] of Object.entries(language.phrases)) {
      for (const phrase of phrases) {
        const parts = words(phrase).map((word) => {
          const text = word.replace('*', '');
          return { text, key: soundKey(text), prefix: word !== text };
        });
        const first = parts[0];
        if (first === undefined) {
          continue;
        }
        const pattern = { words: parts, concept: concept as Concept };
        file(first.prefix ? prefix : exact, first.key, pattern);
        parts.filter((part) => !part.prefix).forEach((part) => vocabulary.add(part.text));
      }
    }
  }
  return { exact, prefix, vocabulary };
}

const LEXICON = compile();
const SUFFIXES = LANGUAGES.flatMap((language) => language.suffixes.map(fold)).sort(
  (a, b) => b.length - a.length,
);

/** The word without a glued case ending, or nothing where it has none. */
export function stem(word: string): string | undefined {
  const suffix = SUFFIXES.find((ending) => word.length - ending.length >= 2 && word.endsWith(ending));
  return suffix === undefined ? undefined : word.slice(0, -suffix.length);
}

function fits(pattern: Pattern['words'][number], word: string): boolean {
  const key = soundKey(word);
  return pattern.prefix ? key.startsWith(pattern.key) : pattern.key === key;
}

function patternsAt(word: string): { pattern: Pattern; exact: boolean }[] {
  const key = soundKey(word);
  const found = (LEXICON.exact.get(key) ?? []).map((pattern) => ({ pattern, exact: true }));
  for (let length = Math.min(key.length, LONGEST_PREFIX); length >= 2; length -= 1) {
    for (const pattern of LEXICON.prefix.get(key.slice(0, length)) ?? []) {
      found.push({ pattern, exact: false });
    }
  }
  return found;
}

function longest(first: string, rest: readonly string[]): PhraseMatch | undefined {
  let best: { length: number; concepts: Set<Concept>; exact: boolean } | undefined;
  for (const { pattern, exact } of patternsAt(first)) {
    const length = pattern.words.length;
    if (length - 1 > rest.length || length < (best?.length ?? 0)) {
      continue;
    }
    if (!pattern.words.slice(1).every((part, index) => fits(part, rest[index] ?? ''))) {
      continue;
    }
    if (best === undefined || length > best.length || (exact && !best.exact)) {
      best = { length, concepts: new Set([pattern.concept]), exact };
    } else if (exact === best.exact) {
      best.concepts.add(pattern.concept);
    }
  }
  return best;
}

/** The longest phrase at the start of `text`; a glued case ending is looked through. */
export function phraseAt(text: readonly string[]): PhraseMatch | undefined {
  const [first, ...rest] = text;
  if (first === undefined) {
    return undefined;
  }
  const direct = longest(first, rest);
  const bare = direct === undefined ? stem(first) : undefined;
  return direct ?? (bare === undefined ? undefined : longest(bare, rest));
}

const EMOJI = new Map(LANGUAGES.flatMap(({ emoji }) => Object.entries(emoji)));

/** What an emoji says, if it says anything. */
export function emojiConcept(emoji: string): string | undefined {
  return EMOJI.get(emoji);
}

/** Long enough words, by first letter: a typing error seldom hits the first one. */
const BY_LETTER = new Map<string, string[]>();
for (const word of LEXICON.vocabulary) {
  if (word.length >= SHORTEST_TYPO) {
    BY_LETTER.set(word.charAt(0), [...(BY_LETTER.get(word.charAt(0)) ?? []), word]);
  }
}

/** A word of the lexicon that is one typing error away, so that "chekcout" is looked up as "checkout". */
export function respell(word: string): string | undefined {
  return word.length < SHORTEST_TYPO
    ? undefined
    : BY_LETTER.get(word.charAt(0))?.find((known) => editDistance(word, known, 1) === 1);
}

/** The language to which most words of a phrase belong alone. */
export function conceptLanguages(): ReadonlyMap<string, ReadonlySet<string>> {
  return WORD_LANGUAGES;
}

const WORD_LANGUAGES = new Map<string, Set<string>>();
for (const { language, phrases, numbers } of LANGUAGES) {
  const all = [...Object.values(phrases).flat(), ...Object.keys(numbers)];
  for (const word of all.flatMap(words)) {
    const text = word.replace('*', '');
    WORD_LANGUAGES.set(text, (WORD_LANGUAGES.get(text) ?? new Set<string>()).add(language));
  }
}
