import { integer, text, type Variable } from './variable';

/** A language model that proposes what a message means which the interpreter did not understand. */
export const assistantVariables = {
  assistantBaseUrl: {
    name: 'ASSISTANT_BASE_URL',
    about:
      'Base URL of an OpenAI-compatible API, which is sent the words of shoppers that were not understood, the products and the cart; goes with ASSISTANT_MODEL.',
    shownDefault: 'none: nobody is asked',
    parse: text('a URL such as https://api.openai.com/v1', /^https?:\/\/[^\s?#]+[^\s?#/]$/),
  },
  assistantModel: {
    name: 'ASSISTANT_MODEL',
    about: 'Name of the model there.',
    shownDefault: 'none',
    parse: text('the name of a model', /^\S+$/),
  },
  assistantApiKey: {
    name: 'ASSISTANT_API_KEY',
    about: 'Key of that API.',
    secret: true,
    shownDefault: 'none',
    parse: text('a key', /^\S+$/),
  },
  assistantTimeoutMs: {
    name: 'ASSISTANT_TIMEOUT_MS',
    about: 'How long a reply waits for it.',
    shownDefault: '2500',
    parse: integer(100, 10_000),
  },
} as const satisfies Record<string, Variable>;
