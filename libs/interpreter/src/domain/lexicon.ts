import { type LanguageData, LANGUAGES } from './language';
import { LanguageLexicon, type PhraseMatch } from './language-lexicon';
import { fold } from './normalise';
import { plainForms } from './plurals';
import { remembered } from './remembered';

export type { PhraseMatch } from './language-lexicon';

type NumberTable = 'numbers' | 'multipliers' | 'offsets' | 'ordinals';
type WordList = 'weakNumbers' | 'articles' | 'classifiers';

/** What a language does in its own way, beside its words. */
export type Habits = Pick<LanguageData, 'decimalComma' | 'bareUnitIsOne' | 'postposes' | 'latinByConsonants'>;

const SHORTEST_STEM = 2;

/**
 * The words of some languages, the likeliest first: a word that means something in one of them means nothing in a later one,
 * so that "once" is eleven in a Spanish message and "one time" in an English one.
 */
export class Lexicon {
  readonly prefixes: readonly string[];
  readonly gluedAnds: readonly string[];
  readonly duals: readonly string[];
  private readonly suffixes: readonly string[];

  /** Habits of the likeliest of these languages. */
  readonly habits: Habits;
  /** The likeliest first. */
  readonly codes: readonly string[];

  constructor(private readonly languages: readonly LanguageLexicon[]) {
    this.habits = languages[0]?.data ?? {};
    this.codes = languages.map(({ data }) => data.language);
    const longestFirst = (pick: (data: LanguageLexicon['data']) => readonly string[] | undefined): string[] =>
      [...new Set(languages.flatMap(({ data }) => pick(data) ?? []).map(fold))].sort(
        (a, b) => b.length - a.length,
      );
    this.suffixes = longestFirst(({ suffixes }) => suffixes);
    this.prefixes = longestFirst(({ prefixes }) => prefixes);
    this.gluedAnds = longestFirst(({ gluedAnd }) => gluedAnd);
    this.duals = longestFirst(({ duals }) => duals);
  }

  /** Whether a word is of one of these languages, alone or in a phrase. */
  knows(word: string): boolean {
    return this.languages.some((language) => language.knows(word));
  }

  /** The value of a number word, of one that multiplies or shifts, or a place in a list. */
  number(table: NumberTable, word: string): number | undefined {
    const owner = this.ownerOf(word);
    return owner?.[table].get(owner.keyOf(word));
  }

  /** The value of a number word in any of the languages, whatever else it is in a likelier one. */
  numberAnywhere(word: string): number | undefined {
    return this.languages
      .map((language) => language.numbers.get(language.keyOf(word)))
      .find((value) => value !== undefined);
  }

  is(list: WordList, word: string): boolean {
    const owner = this.ownerOf(word);
    return owner?.[list].has(owner.keyOf(word)) === true;
  }

  /** The number in a word to which a classifier is glued: "duita". */
  counted(word: string): number | undefined {
    for (const language of this.languages) {
      const key = language.keyOf(word);
      for (const classifier of language.classifiers) {
        const stem = key.slice(0, -classifier.length);
        const value =
          key.endsWith(classifier) && stem.length >= SHORTEST_STEM ? language.numbers.get(stem) : undefined;
        if (value !== undefined) {
          return value;
        }
      }
    }
    return undefined;
  }

  /** The unit that one or two words name. */
  unit(first: string, second?: string): string | undefined {
    if (second === undefined) {
      const owner = this.ownerOf(first);
      const unit = owner?.units.get(owner.keyOf(first));
      return unit ?? (owner === undefined ? this.unitOfPlural(first) : undefined);
    }
    for (const language of this.languages) {
      const unit = language.units.get(`${language.keyOf(first)} ${language.keyOf(second)}`);
      if (unit !== undefined) {
        return unit;
      }
    }
    return undefined;
  }

  /** What an emoji says, if it says anything. */
  emoji(emoji: string): string | undefined {
    return this.languages.map(({ data }) => data.emoji[emoji]).find((concept) => concept !== undefined);
  }

  /** A word that joins two things, or two parts of a number. */
  isAnd(word: string): boolean {
    return this.longest(word, [])?.concepts.has('and') === true;
  }

  /** The longest phrase at the start of `text`; a glued case ending is looked through. */
  phraseAt(text: readonly string[]): PhraseMatch | undefined {
    const [first, ...rest] = text;
    if (first === undefined) {
      return undefined;
    }
    const direct = this.longest(first, rest);
    const bare = direct === undefined ? this.stem(first) : undefined;
    return direct ?? (bare === undefined ? undefined : this.longest(bare, rest));
  }

  /** The word without a glued case ending, or nothing where it has none. */
  stem(word: string): string | undefined {
    const suffix = this.suffixes.find(
      (ending) => word.length - ending.length >= SHORTEST_STEM && word.endsWith(ending),
    );
    return suffix === undefined ? undefined : word.slice(0, -suffix.length);
  }

  /** A word of these languages that is one typing error away. */
  respell(word: string): string | undefined {
    return this.languages.map((language) => language.respell(word)).find((known) => known !== undefined);
  }

  private unitOfPlural(word: string): string | undefined {
    return plainForms(word, this.codes)
      .flatMap((plain) => this.languages.map((language) => language.units.get(language.keyOf(plain))))
      .find((unit) => unit !== undefined);
  }

  private readonly ownerOf = remembered((word: string): LanguageLexicon | undefined =>
    this.languages.find((language) => language.means(word)),
  );

  /** The longest; of equally long ones that of the likelier language. */
  private longest(first: string, rest: readonly string[]): PhraseMatch | undefined {
    const owner = this.ownerOf(first);
    let best: PhraseMatch | undefined;
    for (const language of this.languages) {
      const match = language.phraseAt(first, rest);
      const hidden = match?.length === 1 && owner !== undefined && owner !== language;
      if (match !== undefined && !hidden && match.length > (best?.length ?? 0)) {
        best = match;
      }
    }
    return best;
  }
}

const COMPILED = new Map<string, LanguageLexicon>();

function compiled(code: string): LanguageLexicon[] {
  const known = COMPILED.get(code);
  if (known !== undefined) {
    return [known];
  }
  const data = LANGUAGES.find(({ language }) => language === code);
  if (data === undefined) {
    return [];
  }
  const lexicon = new LanguageLexicon(data);
  COMPILED.set(code, lexicon);
  return [lexicon];
}

const COMBINED = new Map<string, Lexicon>();

/** The lexicon of these languages, the likeliest first. What is no language of ours is left out. */
export function lexiconOf(languages: readonly string[]): Lexicon {
  const key = languages.join(' ');
  const lexicon = COMBINED.get(key) ?? new Lexicon(languages.flatMap(compiled));
  COMBINED.set(key, lexicon);
  return lexicon;
}
