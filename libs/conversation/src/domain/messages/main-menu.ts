import type { Texts } from '../texts/texts';

/** The main menu in its order; a number picks the entry with that position. */
export const mainMenuEntries = ['products', 'cart', 'checkout', 'orders', 'help', 'person'] as const;

export type MainMenuEntry = (typeof mainMenuEntries)[number];

/** Greeting and numbered choices; 1 is the catalogue. */
export function getMainMenu(shopName: string, texts: Texts): string {
  const { welcome, choices, prompt } = texts.mainMenu;
  return [welcome(shopName), ...numbered(mainMenuEntries.map((entry) => choices[entry])), prompt].join('\n');
}

/** "1. …", "2. …" */
export function numbered(choices: readonly string[]): string[] {
  return choices.map((choice, index) => `${index + 1}. ${choice}`);
}
