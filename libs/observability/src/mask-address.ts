/** Addresses inside a text that somebody else wrote: Twilio's errors name the number that they are about. */
const ADDRESS = /whatsapp:[A-Z]{2}\.[\w.]+|(?:whatsapp:)?\+\d{7,15}/g;

/** A text for logs, with every address in it masked. */
export function maskAddressesIn(text: string): string {
  return text.replace(ADDRESS, maskAddress);
}

/**
 * An address for logs: country and last two digits stay, so that an operator can tell shoppers apart and nobody can call them.
 * `whatsapp:+9779800000001` → `whatsapp:+977********01`
 */
export function maskAddress(address: string): string {
  const [, prefix = '', value = ''] = /^(whatsapp:)?(.*)$/s.exec(address) ?? [];
  return value.length < 8
    ? `${prefix}***`
    : `${prefix}${value.slice(0, 4)}${'*'.repeat(value.length - 6)}${value.slice(-2)}`;
}
