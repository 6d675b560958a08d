import { editDistance, tolerance } from './edit-distance';
import type { Concept, LanguageData } from './language';
import { beginningOf, roughWords } from './beginning';
import { goodsWords } from './goods-dictionary';
import { fold, letterKey, soundKey } from './normalise';
import { push } from './push';
import { remembered } from './remembered';

interface Pattern {
  /** Of its words; of one that ends in "*" every word that begins so. */
  keys: readonly string[];
  concept: Concept;
}

/** Concepts of a phrase that begins at a place, and its length in words. */
export interface PhraseMatch {
  length: number;
  concepts: ReadonlySet<Concept>;
  exact: boolean;
}

const LONGEST_PREFIX = 14;
const SHORTEST_TYPO = 5;

const PLAIN_PHRASE = /^[a-z0-9*]+(?: [a-z0-9*]+)*$/u;

/** Words as `tokenise` would give them, so that data may be written as people write. */
export function words(phrase: string): string[] {
  if (PLAIN_PHRASE.test(phrase)) {
    return phrase.split(' ');
  }
  return (phrase.match(/[\p{L}\p{M}\p{N}'%*]+/gu) ?? []).map((word) => fold(word.replaceAll("'", '')));
}

type Numbers = Map<string, number>;

interface Phrase {
  text: string;
  concept: Concept;
}

/** What a language has of words that begin alike. */
interface Section {
  known: Set<string>;
  /** What one word alone means something. */
  alone: Set<string>;
  exact: Map<string, Pattern[]>;
  stems: Map<string, Pattern[]>;
  /** Long enough words: a typing error seldom hits the first letter. */
  spellings: Set<string>;
}

const newSection = (): Section => ({
  known: new Set(),
  alone: new Set(),
  exact: new Map(),
  stems: new Map(),
  spellings: new Set(),
});

/**
 * The data of one language, ready to be asked; its maps are keyed by {@link keyOf}. Phrases are many thousand, of which a
 * message needs those that begin as its words do: they are compiled by their beginnings, when first asked for.
 */
export class LanguageLexicon {
  readonly numbers: Numbers = new Map();
  readonly multipliers: Numbers = new Map();
  readonly offsets: Numbers = new Map();
  readonly ordinals: Numbers = new Map();
  readonly units = new Map<string, string>();
  readonly weakNumbers = new Set<string>();
  readonly articles = new Set<string>();
  readonly classifiers = new Set<string>();
  /** Words of the tables above, and for common goods; of them those that stand alone. */
  private readonly tabled = { known: new Set<string>(), alone: new Set<string>() };
  private readonly sections = new Map<string, Section>();
  /** Beginning → phrases that hold a word which begins so, not compiled yet. */
  private readonly uncompiled = new Map<string, Phrase[]>();

  constructor(readonly data: LanguageData) {
    for (const [concept, phrases] of Object.entries(data.phrases)) {
      for (const text of phrases) {
        const phrase = { text, concept: concept as Concept };
        for (const beginning of new Set(roughWords(text).map(beginningOf))) {
          push(this.uncompiled, beginning, phrase);
        }
      }
    }
    const numbers = [
      [this.numbers, data.numbers],
      [this.multipliers, data.multipliers],
      [this.offsets, data.offsets],
      [this.ordinals, data.ordinals],
    ] as const;
    for (const [target, source] of numbers) {
      Object.entries(source).forEach(([word, value]) => target.set(this.learn(word), value));
    }
    goodsWords(data.language).forEach((word) => this.tabled.known.add(this.keyOf(fold(word))));
    data.weakNumbers.forEach((word) => this.weakNumbers.add(this.learn(word)));
    data.articles.forEach((word) => this.articles.add(this.learn(word)));
    data.classifiers.forEach((word) => this.classifiers.add(this.learn(word)));
    for (const [unit, spellings] of Object.entries(data.units)) {
      spellings.forEach((spelling) => this.units.set(this.learn(spelling), unit));
    }
  }

  /** The form in which this language's words are compared: by sound where everybody spells as he hears. */
  keyOf(word: string): string {
    return this.data.spelling === 'loose' ? soundKey(word) : letterKey(word);
  }

  /** Whether a word is of this language, alone or in a phrase. */
  readonly knows = remembered((word: string): boolean => {
    const key = this.keyOf(word);
    const section = this.sectionOf(word);
    return this.tabled.known.has(key) || section.known.has(key) || stemsOf(section, key).length > 0;
  });

  /** Whether a word alone means something in this language. */
  readonly means = remembered((word: string): boolean => {
    const key = this.keyOf(word);
    const section = this.sectionOf(word);
    return (
      this.tabled.alone.has(key) ||
      section.alone.has(key) ||
      stemsOf(section, key).some(({ keys }) => keys.length === 1)
    );
  });

  /** A word of this language that is one typing error away, so that "chekcout" is looked up as "checkout". */
  readonly respell = remembered((word: string): string | undefined =>
    word.length < SHORTEST_TYPO || tolerance(word) === 0
      ? undefined
      : [...this.sectionOf(word).spellings].find(
          (known) => known.startsWith(word.charAt(0)) && editDistance(word, known, 1) === 1,
        ),
  );

  /** The longest phrase that begins with `first`; of equally long ones, those without a guessed ending. */
  phraseAt(first: string, rest: readonly string[]): PhraseMatch | undefined {
    const key = this.keyOf(first);
    const section = this.sectionOf(first);
    const beginning = [
      ...(section.exact.get(key) ?? []).map((pattern) => ({ pattern, exact: true })),
      ...stemsOf(section, key).map((pattern) => ({ pattern, exact: false })),
    ];
    if (beginning.length === 0) {
      return undefined;
    }
    const behind = rest.map((word) => this.keyOf(word));
    const fitting = beginning.filter(({ pattern }) => fits(pattern, behind));
    const order = ({ pattern, exact }: (typeof fitting)[number]): number =>
      pattern.keys.length * 2 + (exact ? 1 : 0);
    const most = Math.max(...fitting.map(order));
    const best = fitting.filter((candidate) => order(candidate) === most);
    return best[0] === undefined
      ? undefined
      : {
          length: best[0].pattern.keys.length,
          concepts: new Set(best.map(({ pattern }) => pattern.concept)),
          exact: best[0].exact,
        };
  }

  private learn(spelling: string): string {
    const keys = words(spelling).map((word) => this.keyOf(word));
    const key = keys.join(' ');
    keys.forEach((known) => this.tabled.known.add(known));
    if (keys.length === 1) {
      this.tabled.alone.add(key);
    }
    return key;
  }

  private sectionOf(word: string): Section {
    const beginning = beginningOf(word);
    const known = this.sections.get(beginning);
    if (known) {
      return known;
    }
    const section = newSection();
    for (const { text, concept } of this.uncompiled.get(beginning) ?? []) {
      this.compile(section, beginning, words(text), concept);
    }
    this.uncompiled.delete(beginning);
    this.sections.set(beginning, section);
    return section;
  }

  private compile(section: Section, beginning: string, phrase: readonly string[], concept: Concept): void {
    for (const word of phrase.filter((one) => beginningOf(one) === beginning)) {
      section.known.add(this.keyOf(word.replace('*', '')));
      if (word.length >= SHORTEST_TYPO && !word.endsWith('*')) {
        section.spellings.add(word);
      }
    }
    const [first] = phrase;
    if (first === undefined || beginningOf(first) !== beginning) {
      return;
    }
    const isStem = first.endsWith('*');
    const stem = this.keyOf(first.replace('*', ''));
    if (phrase.length === 1) {
      section.alone.add(stem);
    }
    const keys = phrase.map((word) =>
      word.endsWith('*') ? `${this.keyOf(word.slice(0, -1))}*` : this.keyOf(word),
    );
    push(isStem ? section.stems : section.exact, stem, { keys, concept });
  }
}

function stemsOf({ stems }: Section, key: string): Pattern[] {
  const found: Pattern[] = [];
  for (let length = Math.min(key.length, LONGEST_PREFIX); length >= 2; length -= 1) {
    found.push(...(stems.get(key.slice(0, length)) ?? []));
  }
  return found;
}

/** Whether the words behind the first one are a phrase's. */
function fits({ keys }: Pattern, behind: readonly string[]): boolean {
  return keys.slice(1).every((key, index) => {
    const word = behind[index];
    return word !== undefined && (key.endsWith('*') ? word.startsWith(key.slice(0, -1)) : word === key);
  });
}
