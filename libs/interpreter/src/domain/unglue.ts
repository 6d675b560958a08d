import type { Lexicon } from './lexicon';
import { numberAt } from './numbers';
import type { Token } from './tokenise';

const SHORTEST_REST = 2;

interface Known {
  lexicon: Lexicon;
  /** Whether a word is one of a product's name. */
  names: (word: string) => boolean;
}

/** Parts what some languages write together: "واتنين" is "and two", "البيبسي" "the pepsi", "شاورمتين" "two shawarma". */
export function unglue(tokens: readonly Token[], known: Known): Token[] {
  return tokens.flatMap((token) => (token.kind === 'word' ? parts(token, known) : [token]));
}

function parts(token: Token, known: Known): Token[] {
  if (isWord(token.word, known)) {
    return [token];
  }
  const { lexicon } = known;
  for (const and of lexicon.gluedAnds) {
    const rest = behind(token, and);
    const split = rest === undefined ? [] : parts(rest, known);
    if (
      rest !== undefined &&
      (split.length > 1 || split[0]?.word !== rest.word || isWord(rest.word, known))
    ) {
      return [{ ...token, word: and, end: rest.start }, ...split];
    }
  }
  for (const prefix of lexicon.prefixes) {
    const rest = behind(token, prefix);
    if (rest !== undefined && isWord(rest.word, known)) {
      return [rest];
    }
  }
  return two(token, known) ?? [token];
}

/** "شاورمتين": the dual of a thing that is known, with or without its article. */
function two(token: Token, known: Known): Token[] | undefined {
  const { lexicon } = known;
  for (const dual of lexicon.duals.filter((ending) => token.word.endsWith(ending))) {
    const one = { ...token, word: token.word.slice(0, -dual.length) };
    if (one.word.length > SHORTEST_REST && isWord(one.word, known)) {
      return [{ ...token, kind: 'number', word: '', value: 2, end: token.start }, one];
    }
  }
  return undefined;
}

function behind(token: Token, prefix: string): Token | undefined {
  const rest = token.word.slice(prefix.length);
  return token.word.startsWith(prefix) && rest.length >= SHORTEST_REST
    ? { ...token, word: rest, start: token.start + prefix.length }
    : undefined;
}

function isWord(word: string, { lexicon, names }: Known): boolean {
  const token: Token = { kind: 'word', word, value: Number.NaN, start: 0, end: 0 };
  return lexicon.knows(word) || names(word) || numberAt(lexicon, [token], 0) !== undefined;
}
