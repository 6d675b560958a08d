import { en } from './en';
import { ne } from './ne';
import type { Texts } from './texts';

const languages: Readonly<Record<string, Texts>> = { en, ne };

/** Whether Pasal answers in this language. */
export function isSpoken(language: string): boolean {
  return Object.hasOwn(languages, language);
}

/** The texts of a language; English where there are none. */
export function textsFor(language: string): Texts {
  return languages[language] ?? en;
}
