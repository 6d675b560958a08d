import type { Place } from './element';
import type { Lexicon, PhraseMatch } from './lexicon';
import type { Searched } from './product-match';

/** What the elements of a message are read from. */
export interface Reader extends Searched {
  lexicon: Lexicon;
  unitNames: Lexicon['unit'];
  phrases: readonly (PhraseMatch | undefined)[];
}

/** Where the tokens of an element stand. */
export function placed(reader: Reader, at: number, length: number): Place {
  return { start: reader.tokens[at]?.start ?? 0, end: reader.tokens[at + length - 1]?.end ?? 0 };
}
