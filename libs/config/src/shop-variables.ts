import { integer, oneOf, quietHours, text, timeZone, type Variable } from './variable';

/** The shop itself: its name, money, hours and limits. */
export const shopVariables = {
  shopName: { name: 'SHOP_NAME', about: "The shop's name.", shownDefault: 'Pasal', parse: text('a name') },
  shopCurrency: {
    name: 'SHOP_CURRENCY',
    about: 'Currency of prices, ISO 4217.',
    shownDefault: 'NPR',
    parse: text('a currency code such as NPR', /^[A-Z]{3}$/),
  },
  shopTimezone: {
    name: 'SHOP_TIMEZONE',
    about: 'Time zone of the shop, IANA name.',
    shownDefault: 'Asia/Kathmandu',
    parse: timeZone,
  },
  shopLanguage: {
    name: 'SHOP_LANGUAGE',
    about: 'Language of the first answer to a new shopper.',
    shownDefault: 'en',
    parse: oneOf('en', 'ne'),
  },
  quietHours: {
    name: 'QUIET_HOURS',
    about:
      'Hours of the day in SHOP_TIMEZONE in which no news of orders and no broadcast goes out, such as 21:00-08:00: they wait for their end. Replies never wait.',
    shownDefault: 'none',
    parse: quietHours,
  },
  twilioMaxMps: {
    name: 'TWILIO_MAX_MPS',
    about:
      'Messages a second of one sender, all processes together; WhatsApp gives a sender 80 unless it was raised.',
    shownDefault: '80',
    parse: integer(1, 1_000_000),
  },
  shopperMessagesPerMinute: {
    name: 'SHOPPER_MESSAGES_PER_MINUTE',
    about: 'Messages of one shopper that are answered in a minute; what exceeds is kept and answered later.',
    shownDefault: '60',
    parse: integer(1, 1_000_000),
  },
} as const satisfies Record<string, Variable>;
