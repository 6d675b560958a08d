/** Longest text of an entry, in characters: what is longer was hardly one misunderstanding. */
export const longestText = 300;

const PERSONAL: readonly (readonly [RegExp, string])[] = [
  [/\S+@\S+\.\S+/gu, '<e-mail>'],
  [/\b(?:https?:\/\/|www\.)\S+/giu, '<link>'],
  // Telephone, card and account numbers, however they are grouped. Quantities and prices are shorter.
  [/\+?\p{Nd}(?:[\s().-]?\p{Nd}){5,}/gu, '<number>'],
];

/** A shopper's words as staff may keep them: without numbers, addresses and links that tell who somebody is. */
export function redact(text: string): string {
  return PERSONAL.reduce((kept, [pattern, stand]) => kept.replace(pattern, stand), text)
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, longestText);
}
