import type { Texts } from '../texts/texts';

/** What a shopper can do here, each with an example. */
export function getHelpMessage(texts: Texts): string {
  return texts.help;
}
