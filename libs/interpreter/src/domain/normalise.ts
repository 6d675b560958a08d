import { remembered } from './remembered';

const MAX_LENGTH = 4096;
const INVISIBLE =
  /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\uFE0E\uFE0F]/gu;
const VULGAR = /[\u00BC-\u00BE\u2150-\u215E]/gu;
/** "s.f.f.", "a.s.a.p": dots that end no sentence. */
const ABBREVIATION = /(?<![\p{L}\p{M}])(?:\p{L}\.){2,}\p{L}?(?![\p{L}\p{M}])/gu;
const DIGIT = /\p{Nd}/gu;
const NASAL_BEFORE_CONSONANT = /[ङञणनम]्(?=[क-ह])/gu;

/** The value of any Unicode decimal digit: blocks of ten start at their zero. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 0x80) {
    return digit;
  }
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) {
    zero -= 1;
  }
  return String(code - zero);
}

/** The message as a person would read it: bounded, one form per character, ASCII digits, nothing invisible; case is kept. */
export function clean(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .replace(INVISIBLE, '')
    .replace(/(\d)\s?[ºª]/gu, '$1th')
    .replace(VULGAR, (fraction) => ` ${fraction.normalize('NFKC').replace('\u2044', '/')} `)
    .normalize('NFKC')
    .replace(DIGIT, digitValue)
    .replace(/(?<=\d)\u066B(?=\d)/gu, '.')
    .replace(/(?<=\d)\u066C(?=\d)/gu, ',')
    .replace(/[\u2018\u2019\u02BC`´]/gu, "'")
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .replace(ABBREVIATION, (letters) => letters.replaceAll('.', ''))
    .replace(/[×✕✖✗*]/gu, ' x ')
    .replace(/\r\n?/gu, '\n');
}

/** A word in the form in which it is looked up: case, Latin accents and spelling-neutral marks are gone. */
export const fold = remembered(computeFold);

const PLAIN = /^[a-z0-9]*$/u;

function computeFold(word: string): string {
  if (PLAIN.test(word)) {
    return word;
  }
  // The Portuguese "é" is "is", and "e" is "and".
  return (/^é$/iu.test(word) ? 'eh' : word)
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u064b-\u0655\u0670\u0640\u093c']/gu, '')
    .normalize('NFC')
    .replace(/[ىی]/gu, 'ي')
    .replace(/ک/gu, 'ك')
    .replace(/ة/gu, 'ه');
}

/** "شاورما" and "شاورمة" are one, and their dual has neither ending. */
const ARABIC_ENDING = /(?<=\p{Script=Arabic}{3})[اه]$/u;

/** A key under which a word meets itself, and where it is Arabic its other endings. */
export function letterKey(word: string): string {
  return word.replace(ARABIC_ENDING, '');
}

/** A key under which common spellings of one word meet: "aalu", "aloo" and "alu"; "पनीर" and "पनिर". */
export const soundKey = remembered(computeKey);

function computeKey(word: string): string {
  return word
    .replace(/aa+/gu, 'a')
    .replace(/ee+|ii+|y$/gu, 'i')
    .replace(/oo+|uu+/gu, 'u')
    .replace(/chh/gu, 'ch')
    .replace(/sh/gu, 's')
    .replace(/ph/gu, 'f')
    .replace(/w/gu, 'v')
    .replace(/z/gu, 'j')
    .replace(/([a-z])\1+/gu, '$1')
    .replace(NASAL_BEFORE_CONSONANT, 'ं')
    .replace(/ँ/gu, 'ं')
    .replace(/ी/gu, 'ि')
    .replace(/ू/gu, 'ु')
    .replace(/ई/gu, 'इ')
    .replace(/ऊ/gu, 'उ')
    .replace(/[शष]/gu, 'स')
    .replace(/्$/gu, '')
    .replace(ARABIC_ENDING, '');
}
