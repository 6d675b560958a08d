import { ar } from './ar';
import { en } from './en';
import { es } from './es';
import { hi } from './hi';
import { ne } from './ne';
import { nl } from './nl';
import { pt } from './pt';
import type { Texts } from './texts';

const languages: Readonly<Record<string, Texts>> = { en, ne, hi, es, pt, nl, ar };

/** Whether Pasal answers in this language. */
export function isSpoken(language: string): boolean {
  return Object.hasOwn(languages, language);
}

/** The texts of a language; English where there are none. */
export function textsFor(language: string): Texts {
  return languages[language] ?? en;
}
