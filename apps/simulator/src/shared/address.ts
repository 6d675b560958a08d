/** A phone number in E.164, or a business-scoped user id such as `NP.1A2B` or `NP.ENT.1A2B`, behind `whatsapp:`. */
const WHATSAPP_ADDRESS = /^whatsapp:(?:\+[1-9]\d{6,14}|[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128})$/;

export function isWhatsappAddress(address: string): boolean {
  return WHATSAPP_ADDRESS.test(address);
}

/** A phone number without `whatsapp:`, as SMS have them. */
export function isSmsAddress(address: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(address);
}

/** The phone that an address is of: WhatsApp and SMS arrive on the same one. */
export function phoneOf(address: string): string {
  return isSmsAddress(address) ? `whatsapp:${address}` : address;
}

export function isPhoneNumber(address: string): boolean {
  return address.startsWith('whatsapp:+');
}

/** `whatsapp:+977…` from what a person types: spaces, dashes and a missing prefix are fine. */
export function toWhatsappAddress(typed: string): string {
  const bare = typed.trim().replace(/^whatsapp:/, '');
  const compact = bare.replace(/[\s()-]/g, '');
  return `whatsapp:${/^\d{7,15}$/.test(compact) ? `+${compact}` : compact}`;
}
