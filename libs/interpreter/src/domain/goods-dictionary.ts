import goods from '../languages/goods.json';
import { fold, soundKey } from './normalise';
import { push } from './push';

/** Language → words; a thing that has no word of its own in a language has no key for it. */
type Thing = Readonly<Partial<Record<string, readonly string[]>>>;

/** What common goods are called. */
const THINGS: readonly Thing[] = goods;

const keyOf = (language: string, word: string): string => `${language} ${soundKey(fold(word))}`;

const THINGS_BY_WORD = new Map<string, Thing[]>();
for (const thing of THINGS) {
  for (const [language, words = []] of Object.entries(thing)) {
    words.forEach((word) => {
      push(THINGS_BY_WORD, keyOf(language, word), thing);
    });
  }
}

/** Words of a language for common goods. */
export function goodsWords(language: string): readonly string[] {
  return THINGS.flatMap((thing) => thing[language] ?? []);
}

/** What else a thing is called, in any language, that a word of one of these languages names: a "huevo" is an "egg". */
export function otherNames(word: string, languages: readonly string[]): string[] {
  const things = languages.flatMap((language) => THINGS_BY_WORD.get(keyOf(language, word)) ?? []);
  return [
    ...new Set(things.flatMap((thing) => Object.values(thing).flatMap((words = []) => words.map(fold)))),
  ];
}
