const MAX_LENGTH = 4096;
const INVISIBLE =
  /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\uFE0E\uFE0F]/gu;
const VULGAR = /[\u00BC-\u00BE\u2150-\u215E]/gu;
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
    .replace(VULGAR, (fraction) => ` ${fraction.normalize('NFKC').replace('\u2044', '/')} `)
    .normalize('NFKC')
    .replace(DIGIT, digitValue)
    .replace(/[\u2018\u2019\u02BC`´]/gu, "'")
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .replace(/[×✕✖✗*]/gu, ' x ')
    .replace(/\r\n?/gu, '\n');
}

/** A word in the form in which it is looked up: case, Latin accents and spelling-neutral marks are gone. */
export function fold(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u064b-\u0655\u0670\u0640\u093c']/gu, '')
    .normalize('NFC');
}

/** Keys are asked for many times per word, and are slow to compute: a bounded memory of a pure function. */
const KEYS = new Map<string, string>();
const MOST_KEYS = 20_000;

/** A key under which common spellings of one word meet: "aalu", "aloo" and "alu"; "पनीर" and "पनिर". */
export function soundKey(word: string): string {
  const known = KEYS.get(word);
  if (known !== undefined) {
    return known;
  }
  if (KEYS.size >= MOST_KEYS) {
    KEYS.clear();
  }
  const key = computeKey(word);
  KEYS.set(word, key);
  return key;
}

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
    .replace(/्$/gu, '');
}
