import goods from '../languages/goods.json';
import { fold, soundKey } from './normalise';

type Thing = Readonly<Record<string, readonly string[]>>;

/** What common goods are called: language → words. A thing that has no word of its own in a language has no key for it. */
const THINGS: readonly Thing[] = goods as readonly Partial<Thing>[] as readonly Thing[];

const keyOf = (language: string, word: string): string => `${language} ${soundKey(fold(word))}`;

const THINGS_BY_WORD = new Map<string, Thing[]>();
for (const thing of THINGS) {
  for (const [language, words] of Object.entries(thing)) {
    for (const key of new Set(words.map((word) => keyOf(language, word)))) {
      THINGS_BY_WORD.set(key, [...(THINGS_BY_WORD.get(key) ?? []), thing]);
    }
  }
}

/** Words of a language for common goods. */
export function goodsWords(language: string): string[] {
  return THINGS.flatMap((thing) => thing[language] ?? []);
}

/** What else a thing is called, in any language, that a word of one of these languages names: "huevo" is "egg" and "बेसन" none. */
export function otherNames(word: string, languages: readonly string[]): string[] {
  const things = languages.flatMap((language) => THINGS_BY_WORD.get(keyOf(language, word)) ?? []);
  return [...new Set(things.flatMap((thing) => Object.values(thing).flat().map(fold)))];
}
