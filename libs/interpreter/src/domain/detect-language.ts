import { LANGUAGES } from './language';
import { type Lexicon, lexiconOf } from './lexicon';
import { clean, fold } from './normalise';

/** Spoken everywhere beside the shop's own: "ok", "delivery", "cancel". */
const LINGUA_FRANCA = 'en';

/** A language of which only one word was said was hardly spoken. */
const SPOKEN_WORDS = 2;

/** In words: by how much another language must lead before it is taken for more than a loan in one of the shop's own. */
const HOME = 0.75;

interface Vote {
  language: string;
  /** Words that it knows, each shared with the other languages that know it. */
  score: number;
  /** Words that it knows. */
  known: number;
  /** Words that it alone knows. */
  alone: number;
}

function votes(text: string, isName: (word: string) => boolean = () => false): Vote[] {
  const all = LANGUAGES.map(({ language }) => ({
    language,
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
 * The lexicon to read a message with: of the language that it seems to be written in, of what else is spoken in it, of the
 * shop's languages, and English.
 * @param isName whether a word is one of a product's name, which is the same in every language
 */
export function lexiconFor(
  text: string,
  shop: readonly string[],
  isName: (word: string) => boolean,
): Lexicon {
  const own = (language: string): number =>
    shop.includes(language) ? shop.length - shop.indexOf(language) : 0;
  const weight = ({ language, score }: Vote): number => score + (own(language) > 0 ? HOME : 0);
  const ranked = votes(text, isName).sort(
    (a, b) => weight(b) - weight(a) || own(b.language) - own(a.language),
  );
  return lexiconOf(
    ranked
      .filter(
        ({ language, alone }, place) =>
          place === 0 || language === LINGUA_FRANCA || own(language) > 0 || alone >= SPOKEN_WORDS,
      )
      .map(({ language }) => language),
  );
}

/** The language that a text is clearly written in, or null. Devanagari without a word that tells is Nepali. */
export function detectLanguage(text: string): string | null {
  const plain = clean(text);
  const all = votes(plain);
  const most = Math.max(...all.map(({ known }) => known));
  const [first, ...others] = all.filter(({ known }) => known === most);
  // Hindi is spoken with English words, so what is English is Hindi too; LANGUAGES begins with English.
  const clear =
    others.length === 0 ||
    (first?.language === LINGUA_FRANCA && others.every(({ language }) => language === 'hi'));
  if (first !== undefined && most > 0 && clear) {
    return first.language;
  }
  return /\p{Script=Devanagari}/u.test(plain) ? 'ne' : /\p{Script=Arabic}/u.test(plain) ? 'ar' : null;
}
