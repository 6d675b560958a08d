import type { Cart } from '@app/cart';

/** Questions that also exist as buttons or a list at the provider, by their template's name; the text is their twin. */
export type MenuName = 'pasal_menu' | 'pasal_fulfilment';

/** A menu with all of its variables. */
export interface Menu {
  name: MenuName;
  language: string;
  variables: Readonly<Record<string, string>>;
}

/** The version of the cart goes out in every tap's id and comes back with it. */
export function menuOf(name: MenuName, language: string, { version }: Cart): Menu {
  return { name, language, variables: { 1: String(version) } };
}
