import type { CatalogueProduct } from '@app/catalog';

/** The product's name in the shopper's language, where the shop has given one. */
export function nameOf({ name, names }: Pick<CatalogueProduct, 'name' | 'names'>, language: string): string {
  return names[language] ?? name;
}

/** Takes WhatsApp's formatting marks out of words that a shopper or a customer's profile brought. */
export function plain(words: string): string {
  return words.replace(/[*_~`]/g, '').trim();
}
