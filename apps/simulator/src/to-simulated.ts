import type { ShopSender } from '@app/config';
import type { FurtherSender } from './simulator-settings';

/** What Twilio knows of a sender of the shop. */
export function toSimulated({ address, name, account }: ShopSender): FurtherSender {
  const { sid: accountSid, authToken, apiKey: key, apiSecret: secret } = account;
  return { address, name, accountSid, authToken, ...(key && secret && { apiKey: { sid: key, secret } }) };
}
