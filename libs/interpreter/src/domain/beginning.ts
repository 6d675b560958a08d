import { fold } from './normalise';

/** Letters with which one word may begin in several spellings: "phool" and "fool", "wah" and "vah"; see `soundKey`. */
const ALIKE = ['p f', 'w v', 'z j', 'o u', 'e i y', 'ई इ', 'ऊ उ', 'श ष स', 'ङ ञ ण न म'];

const BEGINNINGS = new Map(
  ALIKE.flatMap((letters) =>
    letters.split(' ').map((letter): [string, string] => [letter, letters.charAt(0)]),
  ),
);

/** What a word has in common with every spelling of it: enough to look for it, and quick to find. */
export function beginningOf(word: string): string {
  const letter = word.charAt(0);
  const known = BEGINNINGS.get(letter);
  if (known !== undefined) {
    return known;
  }
  const folded = fold(letter).charAt(0);
  const beginning = BEGINNINGS.get(folded) ?? folded;
  BEGINNINGS.set(letter, beginning);
  return beginning;
}

const MARKS = /[ "'’.,:;!?¡¿/()&+-]+/u;

/** Words of a phrase by their beginnings: as `words` would cut it, and not in the form in which they are looked up. */
export function roughWords(phrase: string): string[] {
  return phrase.split(MARKS).filter((word) => word !== '');
}
