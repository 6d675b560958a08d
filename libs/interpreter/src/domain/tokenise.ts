import { fold } from './normalise';

/** A piece of the message; `start` and `end` point into the cleaned text. */
export interface Token {
  kind: 'word' | 'number' | 'break' | 'question' | 'emoji' | 'time' | 'ref' | 'ordinal' | 'money';
  /** Folded text of a word. */
  word: string;
  /** Value of a number; a time or reference has none. */
  value: number;
  start: number;
  end: number;
}

const PIECE = new RegExp(
  [
    String.raw`(?<time>\d{1,2}:\d{2}(?:\s?[ap]\.?m\b\.?)?|\d{1,2}(?:\.\d{2})?\s?[ap]\.?m\b\.?|\d{1,2}h(?:\d{2})?\b)`,
    String.raw`#\s?(?<ref>\d{1,12})`,
    String.raw`(?<money>(?:R\$|S/|\p{Sc})\s?\d[\d.,]*|\d[\d.,]*\s?\p{Sc})`,
    String.raw`(?<ordinal>\d{1,4})(?:st|nd|rd|th|ste|de)\b`,
    String.raw`(?<zeros>\d+[oO]+\d*)(?![\p{L}\p{N}])`,
    String.raw`(?<fraction>(?:\d{1,4}\s+)?\d{1,4}\s?/\s?\d{1,4})(?![\d/])`,
    String.raw`(?<number>\d{1,20}(?:,\d{2,3})*,\d{3}(?:\.\d+)?(?!\d)|\d{1,20}(?:[.,]\d{1,4})?)`,
    String.raw`(?<word>[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*)`,
    String.raw`(?<question>[?؟])`,
    String.raw`(?<break>[\n,;.!&+،।|]+)`,
    String.raw`(?<emoji>\p{Extended_Pictographic}|\p{Regional_Indicator})`,
  ].join('|'),
  'giu',
);

function fractionValue(text: string): number {
  const parts = text.split('/');
  const left = (parts[0] ?? '').trim().split(/\s+/u).map(Number);
  const whole = left.length > 1 ? (left[0] ?? 0) : 0;
  return whole + (left.at(-1) ?? 0) / Number(parts[1]);
}

function numberValue(text: string): number {
  return /,\d{3}(?!\d)/u.test(text) ? Number(text.replaceAll(',', '')) : Number(text.replace(',', '.'));
}

type Groups = Record<string, string | undefined>;

function toToken(groups: Groups, start: number, end: number, negative: boolean): Token {
  const at = { start, end, word: '', value: Number.NaN };
  const sign = negative ? -1 : 1;
  if (groups['word'] !== undefined) {
    return { ...at, kind: 'word', word: fold(groups['word'].replaceAll("'", '')) };
  }
  if (groups['number'] !== undefined) {
    return { ...at, kind: 'number', value: sign * numberValue(groups['number']) };
  }
  if (groups['zeros'] !== undefined) {
    return { ...at, kind: 'number', value: sign * Number(groups['zeros'].replace(/o/giu, '0')) };
  }
  if (groups['fraction'] !== undefined) {
    return { ...at, kind: 'number', value: sign * fractionValue(groups['fraction']) };
  }
  if (groups['ordinal'] !== undefined) {
    return { ...at, kind: 'ordinal', value: Number(groups['ordinal']) };
  }
  if (groups['ref'] !== undefined) {
    return { ...at, kind: 'ref', value: Number(groups['ref']) };
  }
  if (groups['money'] !== undefined) {
    return { ...at, kind: 'money' };
  }
  if (groups['time'] !== undefined) {
    return { ...at, kind: 'time', word: groups['time'] };
  }
  if (groups['question'] !== undefined) {
    return { ...at, kind: 'question' };
  }
  return groups['break'] === undefined
    ? { ...at, kind: 'emoji', word: groups['emoji'] ?? '' }
    : { ...at, kind: 'break', word: groups['break'] };
}

const MINUS = /(?:^|[\s(x])-$/u;

/** How a message is cut. */
interface Reading {
  /** Whether letters and digits together are a word: "3ayez". */
  isWord?: (word: string) => boolean;
  decimalComma?: boolean;
}

/** "1OO" is a hundred, whatever "1o" is elsewhere. */
const ZEROS = /^\d+o+\d*$/u;

/** Letters and digits without a space between them. */
const MIXED = /(?<![\p{L}\p{M}\p{N}])(?=\p{N}*\p{L})(?=\p{L}*\p{N})[\p{L}\p{M}\p{N}']+/gu;

/**
 * Cuts a cleaned text into words, numbers and marks. A digit beside a letter is a border ("2plate", "x3"), unless both
 * together are a word: "3ayez" is Arabic in Latin letters.
 */
export function tokenise(
  text: string,
  { isWord = (): boolean => false, decimalComma = false }: Reading = {},
): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (const { 0: run, index } of text.matchAll(MIXED)) {
    const word = fold(run.replaceAll("'", ''));
    if (!ZEROS.test(word) && isWord(word)) {
      const end = index + run.length;
      tokens.push(...pieces(text, from, index, decimalComma), {
        kind: 'word',
        word,
        value: Number.NaN,
        start: index,
        end,
      });
      from = end;
    }
  }
  return [...tokens, ...pieces(text, from, text.length, decimalComma)];
}

function pieces(text: string, from: number, to: number, decimalComma: boolean): Token[] {
  return [...text.slice(from, to).matchAll(PIECE)].map((match) => {
    const start = from + match.index;
    const negative = MINUS.test(text.slice(Math.max(0, start - 2), start));
    const token = toToken(match.groups ?? {}, start, start + match[0].length, negative);
    const thousands = decimalComma && THOUSANDS.test(match[0]) && !MEASURE_AHEAD.test(text.slice(token.end));
    return thousands ? { ...token, value: Number(match[0].replaceAll('.', '')) } : token;
  });
}

/** "1.000 ovos", but "1.500 kg". */
const THOUSANDS = /^[1-9]\d{0,2}(?:\.\d{3})+$/u;
const MEASURE_AHEAD = /^\s?(?:kg|kilo|quilo|l\b|lt|lit)/iu;
