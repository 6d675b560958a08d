import { LANGUAGES } from './language';
import { type Lexicon, lexiconOf } from './lexicon';
import { clean, fold } from './normalise';

/** Spoken everywhere beside the shop's own: "ok", "delivery", "cancel". */
const LINGUA_FRANCA = 'en';

/** A language of which only one word was said was hardly spoken. */
const SPOKEN_WORDS = 2;

/** In words: by how much another language must lead before it is taken for more than a loan in one of the shop's own. */
const HOME = 0.75;

/** Languages to expect: of the shop's products, and in which this shopper has spoken before. */
interface Likely {
  shop: readonly string[];
  shopper?: string | undefined;
}

interface Vote {
  language: string;
  /** Words that it knows, each shared with the other languages that know it. */
  score: number;
  /** Words that it knows. */
  known: number;
  /** Words that it alone knows. */
  alone: number;
  borrowsEnglish: boolean;
}

function votes(text: string, isName: (word: string) => boolean): Vote[] {
  const all = LANGUAGES.map(({ language, borrowsEnglish = false }) => ({
    language,
    borrowsEnglish,
    lexicon: lexiconOf([language]),
    score: 0,
    known: 0,
    alone: 0,
  }));
  for (const word of text.match(/[\p{L}\p{M}\p{N}']{2,}/gu) ?? []) {
    const known = fold(word.replaceAll("'", ''));
    if (isName(known)) {
      continue;
    }
    const knowing = all.filter(({ lexicon }) => lexicon.knows(known));
    for (const vote of knowing) {
      vote.score += 1 / knowing.length;
      vote.known += 1;
      vote.alone += knowing.length === 1 ? 1 : 0;
    }
  }
  return all;
}

/**
 * What to read a message with: the language that it seems to be written in, what else is spoken in it, the shop's languages,
 * and English; and the language that it is clearly written in, or null.
 * @param isName whether a word is one of a product's name, which is the same in every language
 */
export function languagesOf(
  text: string,
  likely: Likely,
  isName: (word: string) => boolean,
): { lexicon: Lexicon; language: string | null } {
  const all = votes(text, isName);
  return { lexicon: lexiconOf(spoken(all, likely)), language: clearOf(all) ?? ofScript(text, likely) };
}

/** As {@link languagesOf}, where nobody knows of a shop. */
export function detectLanguage(text: string): string | null {
  return languagesOf(clean(text), { shop: [] }, () => false).language;
}

/** The likeliest first. */
function spoken(all: readonly Vote[], { shop, shopper = '' }: Likely): string[] {
  const home = [shopper, ...shop];
  const own = (language: string): number =>
    home.includes(language) ? home.length - home.indexOf(language) : 0;
  const weight = ({ language, score }: Vote): number => score + (own(language) > 0 ? HOME : 0);
  const [best, ...asGood] = mostKnowing(all);
  const knowsMost =
    best !== undefined && asGood.length === 0 && best.known >= SPOKEN_WORDS ? best : undefined;
  return all
    .toSorted((a, b) => weight(b) - weight(a) || own(b.language) - own(a.language))
    .filter(
      (vote, place) =>
        place === 0 ||
        vote === knowsMost ||
        vote.language === LINGUA_FRANCA ||
        own(vote.language) > 0 ||
        vote.alone >= SPOKEN_WORDS,
    )
    .map(({ language }) => language);
}

function mostKnowing(all: readonly Vote[]): Vote[] {
  const most = Math.max(...all.map(({ known }) => known));
  return all.filter(({ known }) => known === most && known > 0);
}

/** The lexicon with the one further language that knows all of these words, of which the message's own know none. */
export function lexiconWith(lexicon: Lexicon, words: readonly string[]): Lexicon | undefined {
  const others = LANGUAGES.map(({ language }) => language).filter(
    (language) => !lexicon.codes.includes(language),
  );
  const knowing = others.filter((language) => words.every((word) => lexiconOf([language]).knows(word)));
  const [only, ...more] = knowing;
  return only !== undefined && more.length === 0 ? lexiconOf([...lexicon.codes, only]) : undefined;
}

/** The language that knows more of the words than any other; what is English is one's that borrows it too. */
function clearOf(all: readonly Vote[]): string | undefined {
  // LANGUAGES begins with English.
  const [first, ...others] = mostKnowing(all);
  const loans = first?.language === LINGUA_FRANCA && others.every(({ borrowsEnglish }) => borrowsEnglish);
  return others.length === 0 || loans ? first?.language : undefined;
}

function ofScript(text: string, { shop, shopper = '' }: Likely): string | null {
  const written = LANGUAGES.flatMap(({ language, script }) =>
    script !== undefined && new RegExp(`\\p{Script=${script}}`, 'u').test(text) ? [language] : [],
  );
  return [shopper, ...shop].find((language) => written.includes(language)) ?? written[0] ?? null;
}
