import { type FormParams, parseForm } from '../form-params';
import type { Mistake, SeenRequest } from './mistake';

type Value = string | string[];

/** A mistake in the parameters of a form. */
function paramsMistake(
  code: string,
  about: string,
  variants: (params: FormParams) => Iterable<FormParams>,
): Mistake {
  return {
    code,
    about,
    *undo({ content }) {
      for (const params of 'params' in content ? variants(content.params) : []) {
        yield { content: { params } };
      }
    },
  };
}

const mapped = (params: FormParams, change: (value: string, name: string) => Value): FormParams =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? change(value, name) : value.flatMap((item) => change(item, name)),
    ]),
  );

/** The same change to all values at once, and to each alone. */
function* everywhereAndAlone(params: FormParams, change: (value: string) => string): Iterable<FormParams> {
  yield mapped(params, change);
  for (const [only, value] of Object.entries(params)) {
    if ([value].flat().some((item) => change(item) !== item)) {
      yield mapped(params, (item, name) => (name === only ? change(item) : item));
    }
  }
}

const without = (params: FormParams, names: readonly string[]): FormParams =>
  Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name)));

/** Where a + is at home. */
const ADDRESSES = new Set(['From', 'To', 'ChannelToAddress', 'OriginalRepliedMessageSender']);

/** What may have been around a value before somebody trimmed it. */
const SPACES = [' ', '\n', '\r\n', '\t', '\u00A0'];

/** Parameters that are often empty, and that frameworks then like to drop. */
const OFTEN_EMPTY = [
  ['Body'],
  ['ProfileName'],
  ['Address'],
  ['Label'],
  ['ButtonText'],
  ['ButtonPayload'],
  ['MessagingServiceSid'],
  ['ErrorMessage'],
  ['ChannelStatusMessage'],
  ['FromCity'],
  ['FromState'],
  ['FromZip'],
  ['FromCountry'],
  ['ToCity'],
  ['ToState'],
  ['ToZip'],
  ['ToCountry'],
  ['FromCity', 'FromState', 'FromZip'],
  ['ToCity', 'ToState', 'ToZip'],
  ['FromCity', 'FromState', 'FromZip', 'ToCity', 'ToState', 'ToZip'],
  ['FromCity', 'FromState', 'FromZip', 'FromCountry', 'ToCity', 'ToState', 'ToZip', 'ToCountry'],
];

/** Parameters whose value follows from the others, or is nearly always the same. */
function* usual(params: FormParams): Iterable<[string, Value]> {
  const { MessageSid, SmsSid, From } = params;
  const sid = MessageSid ?? SmsSid;
  if (sid !== undefined) {
    yield* [
      ['SmsSid', sid],
      ['SmsMessageSid', sid],
      ['MessageSid', sid],
    ] as [string, Value][];
  }
  if (typeof From === 'string') {
    yield ['WaId', From.replace(/\D/g, '')];
  }
  yield* Object.entries({
    NumMedia: '0',
    NumSegments: '1',
    ReferralNumMedia: '0',
    SmsStatus: 'received',
    ApiVersion: '2010-04-01',
    MessageType: 'text',
  });
}

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** UTF-8 that was read as Latin-1, read as it was meant. */
const fromLatin1 = (value: string): string => {
  if (!/^[\u0000-\u00FF]*$/.test(value)) {
    return value;
  }
  try {
    const bytes = Uint8Array.from(value, (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return value;
  }
};

const queryInParameters: Mistake = {
  code: 'QUERY_IN_PARAMETERS',
  about: 'parameters of the query were mixed with those of the body',
  *undo({ url, content }: SeenRequest): Iterable<Partial<SeenRequest>> {
    if (!('params' in content)) {
      return;
    }
    const { params } = content;
    const [bare = '', query = ''] = url.split('?');
    yield { content: { params: without(params, Object.keys(parseForm(query))) } };
    const moved = Object.entries(params).filter(([name]) => /^[^A-Z]/.test(name));
    const parts = [
      query,
      ...moved.flatMap(([name, value]) => [value].flat().map((item) => `${name}=${item}`)),
    ];
    yield {
      url: `${bare}?${parts.filter((part) => part !== '').join('&')}`,
      content: {
        params: without(
          params,
          moved.map(([name]) => name),
        ),
      },
    };
  },
};

/** Every mistake in the parameters that we know, the usual ones first. */
export const paramsMistakes: readonly Mistake[] = [
  paramsMistake('VALUE_TRIMMED', 'a value lost the spaces or line ends around it', function* (params) {
    for (const space of SPACES) {
      yield* everywhereAndAlone(params, (value) => value + space);
      yield* everywhereAndAlone(params, (value) => space + value);
    }
    yield* everywhereAndAlone(params, (value) => ` ${value} `);
  }),
  paramsMistake(
    'VALUE_NOT_TRIMMED',
    'a value has spaces or line ends around it that Twilio did not sign',
    (params) => everywhereAndAlone(params, (value) => value.trim()),
  ),
  paramsMistake('LINE_ENDS', 'line ends in a value were changed', function* (params) {
    yield* everywhereAndAlone(params, (value) => value.replace(/\r\n/g, '\n'));
    yield* everywhereAndAlone(params, (value) => value.replace(/\r?\n/g, '\r\n'));
  }),
  paramsMistake('PLUS_IN_VALUE', 'a + in a value became a space, or a space stayed a +', function* (params) {
    yield* everywhereAndAlone(params, (value) => value.replaceAll('+', ' '));
    yield* everywhereAndAlone(params, (value) => value.replaceAll(' ', '+'));
    yield mapped(params, (value, name) => (ADDRESSES.has(name) ? value.replace(' ', '+') : value));
  }),
  paramsMistake(
    'VALUE_ENCODING',
    'values must be decoded exactly once: one was not, or twice',
    function* (params) {
      yield* everywhereAndAlone(params, decoded);
      yield* everywhereAndAlone(params, (value) => decoded(value.replaceAll('+', ' ')));
      yield* everywhereAndAlone(params, encodeURIComponent);
    },
  ),
  paramsMistake('CHARSET', 'text in UTF-8 was read in another charset, or normalised', function* (params) {
    yield* everywhereAndAlone(params, fromLatin1);
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) {
      yield* everywhereAndAlone(params, (value) => value.normalize(form));
    }
  }),
  paramsMistake(
    'DOUBLED_PARAMETER',
    'a name that comes twice must keep all its values, each as one of its own',
    function* (params) {
      for (const [only, value] of Object.entries(params)) {
        const all = [value].flat();
        const kept = Array.isArray(value)
          ? [all[0] ?? '', all.at(-1) ?? '', all.join(','), all.join(', '), all.join('')]
          : [value.split(','), value.split(', ')].filter((parts) => parts.length > 1);
        for (const other of kept) {
          yield { ...params, [only]: other };
        }
      }
    },
  ),
  paramsMistake('PARAMETER_MISSING', 'a parameter was dropped, an empty one perhaps', function* (params) {
    for (const names of OFTEN_EMPTY) {
      yield { ...Object.fromEntries(names.map((name) => [name, ''])), ...params };
    }
    for (const [name, value] of usual(params)) {
      yield { [name]: value, ...params };
    }
  }),
  queryInParameters,
  paramsMistake(
    'PARAMETERS_NOT_SIGNED',
    'only the URL was signed: this is a GET, or a JSON body whose raw bytes must be checked against bodySHA256',
    () => [{}],
  ),
  paramsMistake('PARAMETER_ADDED', 'there is a parameter that Twilio did not sign', function* (params) {
    for (const name of Object.keys(params)) {
      yield without(params, [name]);
    }
    // Frameworks add what they know from the path and the query; Twilio's own names begin with a capital letter.
    yield without(
      params,
      Object.keys(params).filter((name) => /^[^A-Z]/.test(name)),
    );
  }),
];
