import ar from '../languages/ar.json';
import en from '../languages/en.json';
import es from '../languages/es.json';
import hi from '../languages/hi.json';
import ne from '../languages/ne.json';
import nl from '../languages/nl.json';
import pt from '../languages/pt.json';

/**
 * Everything that the grammar knows of a language. A phrase is words in order; a word that ends in `*` matches every
 * word that begins so, which is how verb endings are covered. Adding a language is adding such a file to the list below.
 */
export interface LanguageData {
  language: string;
  /** Its own, which no other of the languages before it is written in. */
  script?: string;
  /** It is spoken with English words, which are therefore among its own. */
  borrowsEnglish?: boolean;
  /** "Not" and "instead of" stand behind what they are about, and "number" behind the number. */
  postposes?: boolean;
  /** In Latin letters it is written by its consonants: "7ummus". */
  latinByConsonants?: boolean;
  /** `loose`: everybody spells as he hears, and words meet by their sound. */
  spelling?: string;
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
  /** Articles and prepositions that may be glued to the front of a word, and an "and" that parts it from what was before. */
  prefixes?: readonly string[];
  gluedAnd?: readonly string[];
  /** Endings that make two of a thing. */
  duals?: readonly string[];
  /** Endings of plurals and diminutives, each with what stands in its place in the plain word. */
  plurals?: readonly (readonly string[])[];
  /** "Kilo of tomatoes" is one kilo: a unit without a number is one. */
  bareUnitIsOne?: boolean;
  /** The comma parts the fraction, the dot thousands. */
  decimalComma?: boolean;
  /** Unit → its spellings. */
  units: Readonly<Record<string, readonly string[]>>;
  /** Concept → its phrases. */
  phrases: Readonly<Partial<Record<Concept, readonly string[]>>>;
}

/** What a phrase can mean, in every language. */
export type Concept = keyof typeof en.phrases | keyof typeof ar.phrases;

/** The languages that are understood, in order of precedence where spellings collide. */
export const LANGUAGES: readonly LanguageData[] = [en, ne, hi, es, pt, nl, ar];
