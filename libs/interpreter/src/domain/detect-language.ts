import { clean, fold } from './normalise';
import { conceptLanguages } from './lexicon';

/** The language that a text is clearly written in, or null: Devanagari is Nepali, Latin letters are weighed word by word. */
export function detectLanguage(text: string): string | null {
  const plain = clean(text);
  if (/\p{Script=Devanagari}/u.test(plain)) {
    return 'ne';
  }
  const votes = new Map<string, number>();
  for (const word of plain.match(/[\p{L}\p{M}']{2,}/gu) ?? []) {
    const languages = conceptLanguages().get(fold(word.replaceAll("'", '')));
    if (languages?.size === 1) {
      const [language] = languages;
      votes.set(language ?? '', (votes.get(language ?? '') ?? 0) + 1);
    }
  }
  const ranked = [...votes].sort((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  return first === undefined || first[1] === second?.[1] ? null : first[0];
}
