import { integer, text, type Variable } from './variable';

/** SMS, beside WhatsApp. */
export const smsVariables = {
  twilioSmsFrom: {
    name: 'TWILIO_SMS_FROM',
    about:
      'Number of the account that SMS come from: they go to shoppers who agreed to it, where WhatsApp does not reach them. Set it when every process knows it.',
    shownDefault: 'none: no SMS',
    parse: text('a phone number such as +15005550006', /^\+[1-9]\d{6,14}$/),
  },
  smsFallbackAfterMinutes: {
    name: 'SMS_FALLBACK_AFTER_MINUTES',
    about: 'How long a WhatsApp message may stay undelivered until an SMS says the same.',
    shownDefault: '30',
    parse: integer(1, 1_440),
  },
} as const satisfies Record<string, Variable>;
