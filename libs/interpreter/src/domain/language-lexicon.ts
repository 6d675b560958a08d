import { editDistance, tolerance } from './edit-distance';
import type { Concept, LanguageData } from './language';
import { fold, letterKey, soundKey } from './normalise';
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

/** The data of one language, ready to be asked. Its maps are keyed by {@link keyOf}. */
export class LanguageLexicon {
  readonly numbers: Numbers = new Map();
  readonly multipliers: Numbers = new Map();
  readonly offsets: Numbers = new Map();
  readonly ordinals: Numbers = new Map();
  readonly units = new Map<string, string>();
  readonly weakNumbers = new Set<string>();
  readonly articles = new Set<string>();
  readonly classifiers = new Set<string>();
  /** What one word alone means something. */
  private readonly alone = new Set<string>();
  private readonly known = new Set<string>();
  private readonly exact = new Map<string, Pattern[]>();
  private readonly stems = new Map<string, Pattern[]>();
  private readonly spellings = new Set<string>();
  /** Long enough words, by first letter: a typing error seldom hits the first one. */
  private readonly byLetter = new Map<string, string[]>();

  constructor(readonly data: LanguageData) {
    const numbers = [
      [this.numbers, data.numbers],
      [this.multipliers, data.multipliers],
      [this.offsets, data.offsets],
      [this.ordinals, data.ordinals],
    ] as const;
    for (const [target, source] of numbers) {
      Object.entries(source).forEach(([word, value]) => target.set(this.learn(word), value));
    }
    data.weakNumbers.forEach((word) => this.weakNumbers.add(this.learn(word)));
    data.articles.forEach((word) => this.articles.add(this.learn(word)));
    data.classifiers.forEach((word) => this.classifiers.add(this.learn(word)));
    for (const [unit, spellings] of Object.entries(data.units)) {
      spellings.forEach((spelling) => this.units.set(this.learn(spelling), unit));
    }
    for (const [concept, phrases] of Object.entries(data.phrases)) {
      phrases.forEach((phrase) => {
        this.learnPhrase(words(phrase), concept as Concept);
      });
    }
    for (const word of this.spellings) {
      const alike = this.byLetter.get(word.charAt(0)) ?? [];
      alike.push(word);
      this.byLetter.set(word.charAt(0), alike);
    }
  }

  /** The form in which this language's words are compared: by sound where everybody spells as he hears. */
  keyOf(word: string): string {
    return this.data.spelling === 'loose' ? soundKey(word) : letterKey(word);
  }

  /** Whether a word is of this language, alone or in a phrase. */
  readonly knows = remembered((word: string): boolean => {
    const key = this.keyOf(word);
    return this.known.has(key) || this.stemsOf(key).length > 0;
  });

  /** Whether a word alone means something in this language. */
  readonly means = remembered((word: string): boolean => {
    const key = this.keyOf(word);
    return this.alone.has(key) || this.stemsOf(key).some(({ keys }) => keys.length === 1);
  });

  /** A word of this language that is one typing error away, so that "chekcout" is looked up as "checkout". */
  readonly respell = remembered((word: string): string | undefined =>
    word.length < SHORTEST_TYPO || tolerance(word) === 0
      ? undefined
      : this.byLetter.get(word.charAt(0))?.find((known) => editDistance(word, known, 1) === 1),
  );

  /** The longest phrase that begins with `first`; of equally long ones, those without a guessed ending. */
  phraseAt(first: string, rest: readonly string[]): PhraseMatch | undefined {
    const key = this.keyOf(first);
    const behind = rest.map((word) => this.keyOf(word));
    const fitting = [
      ...(this.exact.get(key) ?? []).map((pattern) => ({ pattern, exact: true })),
      ...this.stemsOf(key).map((pattern) => ({ pattern, exact: false })),
    ].filter(({ pattern }) => fits(pattern, behind));
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
    const parts = words(spelling);
    const key = parts.map((word) => this.keyOf(word)).join(' ');
    parts.forEach((word) => this.known.add(this.keyOf(word)));
    if (parts.length === 1) {
      this.alone.add(key);
    }
    return key;
  }

  private learnPhrase(phrase: readonly string[], concept: Concept): void {
    const keys = phrase.map((word) =>
      word.endsWith('*') ? `${this.keyOf(word.slice(0, -1))}*` : this.keyOf(word),
    );
    const [first] = keys;
    if (first === undefined) {
      return;
    }
    if (keys.length === 1) {
      this.alone.add(first.replace('*', ''));
    }
    keys.forEach((key, at) => {
      this.known.add(key.replace('*', ''));
      const text = phrase[at] ?? '';
      if (text.length >= SHORTEST_TYPO && !text.endsWith('*')) {
        this.spellings.add(text);
      }
    });
    const map = first.endsWith('*') ? this.stems : this.exact;
    const stem = first.replace('*', '');
    const patterns = map.get(stem);
    if (patterns) {
      patterns.push({ keys, concept });
    } else {
      map.set(stem, [{ keys, concept }]);
    }
  }

  private stemsOf(key: string): Pattern[] {
    const found: Pattern[] = [];
    for (let length = Math.min(key.length, LONGEST_PREFIX); length >= 2; length -= 1) {
      found.push(...(this.stems.get(key.slice(0, length)) ?? []));
    }
    return found;
  }
}

/** Whether the words behind the first one are a phrase's. */
function fits({ keys }: Pattern, behind: readonly string[]): boolean {
  return keys.slice(1).every((key, index) => {
    const word = behind[index];
    return word !== undefined && (key.endsWith('*') ? word.startsWith(key.slice(0, -1)) : word === key);
  });
}
