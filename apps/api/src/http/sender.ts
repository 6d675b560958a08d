import type { Senders } from '@app/config';
import { ok, refuse, type Result } from '@app/kernel';

/**
 * A sender of the shop, from what people type: `+1 415 523 8886` and `whatsapp:+14155238886` are the same. Refuses with
 * SENDER_INVALID.
 * @param field of the request
 */
export function toSender(senders: Senders, typed: string, field: string): Result<string> {
  const address = `whatsapp:${typed.replace(/^\s*whatsapp:/i, '').replace(/[\s().-]/g, '')}`;
  const known = senders.all.map((sender) => sender.address);
  return known.includes(address)
    ? ok(address)
    : refuse('SENDER_INVALID', 'The shop has no such sender.', [
        { field, message: `must be one of ${known.join(', ')}` },
      ]);
}
