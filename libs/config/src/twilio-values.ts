import { text, type Variable } from './variable';

type Parse = Variable<string>['parse'];

export const accountSid: Parse = text('AC and 32 hexadecimal characters', /^AC[0-9a-fA-F]{32}$/);

/** Twilio's auth tokens are 32 hex characters; an empty or short one would let a forged signature verify. */
export const authToken: Parse = (raw, { production }) =>
  production
    ? text('32 hexadecimal characters in production', /^[0-9a-fA-F]{32}$/)(raw)
    : text('at least 5 characters', /^\S{5,}$/)(raw);

export const apiKey: Parse = text('SK and 32 hexadecimal characters', /^SK[0-9a-fA-F]{32}$/);

export const apiSecret: Parse = text('the secret of the API key');

export const whatsappSender: Parse = (raw) => {
  const address = raw.startsWith('whatsapp:') ? raw : `whatsapp:${raw}`;
  return text('a WhatsApp sender such as whatsapp:+14155238886', /^whatsapp:\+[1-9]\d{6,14}$/)(address);
};
