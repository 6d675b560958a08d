import en from '../languages/en.json';
import ne from '../languages/ne.json';

/**
 * Everything that the grammar knows of a language. A phrase is words in order; a word that ends in `*` matches every
 * word that begins so, which is how verb endings are covered. Adding a language is adding such a file to the list below.
 */
interface LanguageData {
  language: string;
  numbers: Readonly<Record<string, number>>;
  /** Number words that are other words too: a number only beside a unit, a classifier or a product. */
  weakNumbers: readonly string[];
  articles: readonly string[];
  multipliers: Readonly<Record<string, number>>;
  /** Words that shift the number after them: "sadhe tin" is 3.5. */
  offsets: Readonly<Record<string, number>>;
  /** Place in a list; -1 is the last. */
  ordinals: Readonly<Record<string, number>>;
  /** Endings or words that only say that a number counts things: "duita", "5 wota". */
  classifiers: readonly string[];
  /** Emoji that speak: emoji → concept. */
  emoji: Readonly<Record<string, string>>;
  /** Case endings that may be glued to a word. */
  suffixes: readonly string[];
  /** Unit → its spellings. */
  units: Readonly<Record<string, readonly string[]>>;
  /** Concept → its phrases. */
  phrases: Readonly<Partial<Record<Concept, readonly string[]>>>;
}

/** What a phrase can mean, in every language. */
export type Concept = keyof typeof en.phrases | keyof typeof ne.phrases;

/** The languages that are understood, in order of precedence where spellings collide. */
export const LANGUAGES: readonly LanguageData[] = [en, ne];
