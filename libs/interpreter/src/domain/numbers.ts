import type { Lexicon } from './lexicon';
import type { Token } from './tokenise';

/** A number in words or digits, with the tokens it covers. */
export interface NumberSpan {
  value: number;
  length: number;
  /** Only a number beside a unit or a product: "a", "cha". */
  weak: boolean;
  /** The number word counted things already: "duita". */
  counted: boolean;
  /** From a word, not from digits. */
  worded: boolean;
}

const wordOf = (token: Token | undefined): string => (token?.kind === 'word' ? token.word : '');

/** A word that only says that things are counted. */
export function isClassifier(lexicon: Lexicon, token: Token | undefined): boolean {
  return lexicon.is('classifiers', wordOf(token));
}

/** "first", "dosro", "3rd": the place in a list, -1 for the last. */
export function ordinalOf(lexicon: Lexicon, token: Token | undefined): number | undefined {
  return token?.kind === 'ordinal' ? token.value : lexicon.number('ordinals', wordOf(token));
}

function unit(lexicon: Lexicon, token: Token | undefined): { value: number; counted: boolean } | undefined {
  if (token?.kind === 'number') {
    return { value: token.value, counted: false };
  }
  const word = wordOf(token);
  const direct = lexicon.number('numbers', word);
  if (direct !== undefined) {
    return { value: direct, counted: word.length > 3 && (word.endsWith('ta') || word.endsWith('टा')) };
  }
  const counted = lexicon.counted(word);
  return counted === undefined ? undefined : { value: counted, counted: true };
}

const isTens = (value: number): boolean => value >= 20 && value < 100 && value % 10 === 0;
const isOnes = (value: number): boolean => value > 0 && value < 10 && Number.isInteger(value);
const isThousands = (value: number): boolean => value >= 1_000 && value % 1_000 === 0;
const isHundreds = (value: number): boolean => value >= 100 && value < 1_000 && value % 100 === 0;

/** Whether a smaller number word goes on with a greater one: "twenty five", "ciento veinte". */
function fitsBehind(value: number, next: number): boolean {
  const room = isTens(value) ? 10 : isHundreds(value) ? 100 : isThousands(value) ? 1_000 : 0;
  return next >= 1 && next < room && Number.isInteger(next);
}

/** Reads one number of a message, word by word. */
class NumberReader {
  private value: number;
  private weak: boolean;
  private counted: boolean;
  private at: number;
  private readonly worded: boolean;

  constructor(
    private readonly lexicon: Lexicon,
    private readonly tokens: readonly Token[],
    private readonly start: number,
    first: { value: number; counted: boolean },
  ) {
    this.value = first.value;
    this.counted = first.counted;
    this.worded = tokens[start]?.kind === 'word';
    this.weak = this.worded && lexicon.is('weakNumbers', wordOf(tokens[start]));
    this.at = start + 1;
  }

  read(): NumberSpan {
    this.composed();
    if (!this.multiplied()) {
      this.withFraction();
    }
    const { value, weak, counted, worded, at, start } = this;
    return { value, length: at - start, weak, counted, worded };
  }

  /** "twenty five", "treinta y cinco", "ciento veinte", "خمسة وعشرين", "three quarters", "half a". */
  private composed(): void {
    const { tokens, lexicon } = this;
    const next = unit(lexicon, tokens[this.at]);
    const isWord = tokens[this.at]?.kind === 'word';
    if (this.worded && isWord && next !== undefined && fitsBehind(this.value, next.value)) {
      this.take(this.value + next.value, 1);
      this.composed();
      return;
    }
    // "خمسة عشر".
    if (this.worded && isWord && isOnes(this.value) && next?.value === 10) {
      this.take(this.value + next.value, 1);
      return;
    }
    if (
      this.worded &&
      isWord &&
      isOnes(this.value) &&
      next !== undefined &&
      next.value > 0 &&
      next.value < 0.5
    ) {
      this.take(this.value * next.value, 1);
      return;
    }
    if (this.worded && this.value > 0 && this.value < 1 && lexicon.is('articles', wordOf(tokens[this.at]))) {
      this.at += 1;
      return;
    }
    if (lexicon.is('articles', wordOf(tokens[this.start])) && next !== undefined && isWord) {
      this.counted = next.counted;
      this.weak = false;
      this.take(next.value, 1);
      return;
    }
    const linked = this.isAnd(this.at) ? unit(lexicon, tokens[this.at + 1]) : undefined;
    const bothWords = this.worded && tokens[this.at + 1]?.kind === 'word';
    if (linked !== undefined && bothWords) {
      const [tens, ones] = [Math.max(this.value, linked.value), Math.min(this.value, linked.value)];
      if (fitsBehind(tens, ones)) {
        this.take(tens + ones, 2);
      }
    }
  }

  /** "two hundred", "two hundred and fifty". */
  private multiplied(): boolean {
    const { tokens, lexicon } = this;
    const multiplier = lexicon.number('multipliers', wordOf(tokens[this.at]));
    if (multiplier === undefined) {
      return false;
    }
    this.weak = false;
    this.take(this.value * multiplier, 1);
    const and = this.isAnd(this.at) ? 1 : 0;
    const isWord = tokens[this.at + and]?.kind === 'word' || and === 1;
    const tail = isWord ? numberAt(lexicon, tokens, this.at + and) : undefined;
    if (tail !== undefined && tail.value >= 1 && tail.value < multiplier && !tail.weak) {
      this.take(this.value + tail.value, tail.length + and);
    } else if (tail !== undefined && and === 1 && tail.value > 0 && tail.value < 1) {
      // "Un millar y medio".
      this.take(this.value + tail.value * multiplier, tail.length + and);
    }
    return true;
  }

  /** "one and a half". */
  private withFraction(): void {
    if (!this.isAnd(this.at)) {
      return;
    }
    const article = this.lexicon.is('articles', wordOf(this.tokens[this.at + 1])) ? 1 : 0;
    const part = unit(this.lexicon, this.tokens[this.at + 1 + article]);
    if (part !== undefined && part.value > 0 && part.value < 1) {
      this.weak = false;
      this.take(this.value + part.value, 2 + article);
    }
  }

  private take(value: number, length: number): void {
    this.value = value;
    this.at += length;
  }

  private isAnd(at: number): boolean {
    const token = this.tokens[at];
    return token?.kind === 'word' && this.lexicon.isAnd(token.word);
  }
}

/** Reads "2", "twenty five", "sadhe tin", "two hundred", "one and a half", "half a" at a place. */
export function numberAt(lexicon: Lexicon, tokens: readonly Token[], start: number): NumberSpan | undefined {
  const offset = lexicon.number('offsets', wordOf(tokens[start]));
  const next = tokens[start + 1];
  const shifted =
    offset === undefined ? undefined : (unit(lexicon, next)?.value ?? lexicon.numberAnywhere(wordOf(next)));
  if (offset !== undefined && shifted !== undefined) {
    return { value: shifted + offset, length: 2, weak: false, counted: true, worded: true };
  }
  const first = unit(lexicon, tokens[start]);
  return first === undefined ? undefined : new NumberReader(lexicon, tokens, start, first).read();
}
