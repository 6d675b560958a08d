/** Consonants of Arabic, and of Arabic in Latin letters, under one sign; what is left out is a vowel in one of them. */
const ARABIC: Readonly<Record<string, string>> = {
  ب: 'b',
  پ: 'b',
  ت: 't',
  ط: 't',
  ث: 's',
  ج: 'g',
  چ: 'g',
  ح: 'h',
  خ: 'x',
  د: 'd',
  ض: 'd',
  ذ: 'z',
  ز: 'z',
  ظ: 'z',
  ر: 'r',
  س: 's',
  ص: 's',
  ش: 'c',
  غ: 'q',
  ف: 'f',
  ق: 'k',
  ك: 'k',
  ل: 'l',
  م: 'm',
  ن: 'n',
};

const LATIN: readonly (readonly [RegExp, string])[] = [
  [/sh|ch/gu, 'c'],
  [/kh|5/gu, 'x'],
  [/gh|8/gu, 'q'],
  [/th/gu, 's'],
  [/dh/gu, 'd'],
  [/7/gu, 'h'],
  [/9/gu, 's'],
  [/6/gu, 't'],
  [/[jg]/gu, 'g'],
  [/[vf]/gu, 'f'],
  [/p/gu, 'b'],
  [/(?<!^)h$/gu, ''],
  [/[aeiouyw'23]/gu, ''],
];

const LEAST = 2;

/** The consonants of a word, the same for "بندورة" and "banadoura"; undefined where there are too few to tell anything. */
export function consonants(word: string): string | undefined {
  const bare = /\p{Script=Arabic}/u.test(word)
    ? Array.from(word)
        .map((letter) => ARABIC[letter] ?? (letter === 'ه' && !word.endsWith('ه') ? 'h' : ''))
        .join('')
    : LATIN.reduce((left, [pattern, sign]) => left.replace(pattern, sign), word);
  const key = bare.replace(/[^a-z]/gu, '').replace(/(.)\1+/gu, '$1');
  return key.length < LEAST ? undefined : key;
}
