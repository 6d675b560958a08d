import { LANGUAGES } from './language';
import { fold } from './normalise';

const SHORTEST = 3;

/** Endings of plurals and diminutives with what stands in their place in the plain word, per language. */
const ENDINGS: ReadonlyMap<string, readonly (readonly [string, string])[]> = new Map(
  LANGUAGES.map(({ language, plurals = [] }) => [
    language,
    plurals.map(([ending = '', plain = '']) => [fold(ending), fold(plain)] as const),
  ]),
);

/** What a word may be the plural or the diminutive of: "boxes" of "box", "coquinha" of "coca". */
export function plainForms(word: string, languages: readonly string[]): string[] {
  return languages.flatMap((language) =>
    (ENDINGS.get(language) ?? []).flatMap(([ending, plain]) =>
      word.endsWith(ending) && word.length - ending.length + plain.length >= SHORTEST
        ? [word.slice(0, word.length - ending.length) + plain]
        : [],
    ),
  );
}
