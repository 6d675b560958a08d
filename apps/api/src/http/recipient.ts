import { ok, refuse, type Result } from '@app/kernel';

const PHONE = /^\+[1-9]\d{6,14}$/;
/** A WhatsApp user who hides the number: country, dot, opaque part. */
const SCOPED_ID = /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/;

/**
 * The address of a shopper as the channel has it, from what people type: `+977 980-0000001` and
 * `whatsapp:+9779800000001` are the same. Refuses with RECIPIENT_INVALID.
 */
export function toRecipient(typed: string): Result<string> {
  const bare = typed
    .trim()
    .replace(/^whatsapp:/i, '')
    .trim();
  const phone = bare.replace(/[\s().-]/g, '');
  const address = PHONE.test(phone) ? phone : bare;
  if (PHONE.test(address) || SCOPED_ID.test(address)) {
    return ok(`whatsapp:${address}`);
  }
  const message = 'must be a phone number with country code such as +9779800000001, or a business-scoped id';
  return refuse('RECIPIENT_INVALID', 'The recipient is not an address on WhatsApp.', [
    { field: 'to', message },
  ]);
}
