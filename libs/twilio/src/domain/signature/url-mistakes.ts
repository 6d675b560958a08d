import type { Mistake } from './mistake';

interface UrlParts {
  scheme: string;
  credentials: string;
  host: string;
  port: string;
  path: string;
  query: string;
}

/** Where programs, tunnels and proxies usually listen. A port that is here and in no URL of ours cannot be guessed otherwise. */
const USUAL_PORTS = [
  80, 443, 1234, 1337, 3000, 3001, 3030, 3333, 4000, 4040, 4200, 4430, 4433, 4443, 4567, 5000, 5001, 5050,
  5173, 5555, 6000, 7000, 7001, 7777, 8000, 8001, 8008, 8010, 8043, 8080, 8081, 8088, 8090, 8181, 8443, 8444,
  8843, 8888, 9000, 9001, 9090, 9443, 9999, 10000, 10443, 18080, 30000, 44300, 50000,
];

/** The parts of a URL as text: a URL object would already have changed what was signed. */
function split(url: string): UrlParts | undefined {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*@)?(\[[^\]]*\]|[^/?#:]*)(:\d*)?([^?#]*)(\?[^#]*)?/i.exec(
    url,
  );
  if (!match) {
    return undefined;
  }
  const [, scheme = '', credentials = '', host = '', port = '', path = '', query = ''] = match;
  return { scheme, credentials, host, port, path, query };
}

/** A mistake in some parts of the URL. The fragment never is a part: it is not signed. */
function urlMistake(
  code: string,
  about: string,
  variants: (parts: UrlParts) => Iterable<Partial<UrlParts>>,
): Mistake {
  return {
    code,
    about,
    *undo({ url }) {
      const parts = split(url);
      if (!parts) {
        return;
      }
      for (const variant of variants(parts)) {
        const { scheme, credentials, host, port, path, query } = { ...parts, ...variant };
        yield { url: scheme + credentials + host + port + path + query };
      }
    },
  };
}

const attempt = (change: () => string): string[] => {
  try {
    return [change()];
  } catch {
    return [];
  }
};

const escapes = (text: string, change: (escape: string) => string): string =>
  text.replace(/%[0-9a-f]{2}/gi, change);

/** Every mistake in a URL that we know, the usual ones first. */
export const urlMistakes: readonly Mistake[] = [
  urlMistake('FRAGMENT', 'the URL still has its #fragment, which Twilio keeps to itself', () => [{}]),
  urlMistake('CREDENTIALS', 'the URL still has user:password@, which Twilio drops before it signs', () => [
    { credentials: '' },
  ]),
  urlMistake(
    'SCHEME',
    'http and https are mixed up: behind a proxy that ends TLS the public URL is https',
    ({ scheme }) => [{ scheme: scheme.toLowerCase() === 'https://' ? 'http://' : 'https://' }],
  ),
  urlMistake('TRAILING_SLASH', 'a / at the end of the path was added or removed', ({ path }) => [
    { path: path.endsWith('/') ? path.replace(/\/+$/, '') : `${path}/` },
  ]),
  urlMistake('PLUS_IN_QUERY', 'in the query + and %20 are not the same to a signature', ({ query }) => [
    { query: query.replaceAll('+', '%20') },
    { query: query.replaceAll('%20', '+') },
    { query: query.replaceAll('+', '%2B') },
    { query: query.replace(/%2B/gi, '+') },
  ]),
  urlMistake(
    'QUERY_ENCODING',
    'path or query were decoded or encoded again: sign over them as received',
    ({ path, query }) =>
      [
        (text: string) => decodeURI(text),
        (text: string) => decodeURIComponent(text),
        (text: string) => encodeURI(text),
        (text: string) => encodeURI(decodeURI(text)),
        (text: string) => encodeURI(text).replace(/'/g, '%27'),
        (text: string) => escapes(text, (escape) => escape.toUpperCase()),
        (text: string) => escapes(text, (escape) => escape.toLowerCase()),
        (text: string) => (text.startsWith('?') ? `?${new URLSearchParams(text.slice(1)).toString()}` : text),
        // What stood in the query before it was put through a form encoder.
        (text: string) =>
          text.replace(/%3A/gi, ':').replace(/%2F/gi, '/').replace(/%40/g, '@').replace(/%2C/gi, ','),
      ].flatMap((change) => [
        ...attempt(() => change(query)).map((changed) => ({ query: changed })),
        ...attempt(() => change(path)).map((changed) => ({ path: changed })),
      ]),
  ),
  urlMistake('QUERY_ORDER', 'the parameters of the query were put in another order', ({ query }) => {
    const pairs = query.slice(1).split('&');
    return pairs.length < 2
      ? []
      : [pairs.toSorted(), pairs.toReversed()].map((order) => ({ query: `?${order.join('&')}` }));
  }),
  urlMistake(
    'QUERY_ADDED',
    'the URL has a query, or a part of one, that Twilio did not call',
    ({ query }) => {
      const pairs = query.slice(1).split('&');
      return [
        { query: '' },
        { query: query === '' ? '?' : query },
        ...pairs.map((_, index) => ({ query: `?${pairs.toSpliced(index, 1).join('&')}` })),
      ];
    },
  ),
  urlMistake('HOST_CASE', 'the host was signed in other letters: upper and lower case differ', ({ host }) => [
    { host: host.toUpperCase() },
    { host: host.toLowerCase() },
    { host: host.replace(/(^|[.-])[a-z]/g, (start) => start.toUpperCase()) },
    { host: host.replace(/^[a-z]/, (start) => start.toUpperCase()) },
  ]),
  urlMistake('HOST', 'Twilio called the URL by another name of this host', ({ host }) => [
    { host: host.startsWith('www.') ? host.slice(4) : `www.${host}` },
    { host: host.endsWith('.') ? host.slice(0, -1) : `${host}.` },
    ...(['localhost', '127.0.0.1', '[::1]'].includes(host)
      ? [{ host: 'localhost' }, { host: '127.0.0.1' }, { host: '[::1]' }]
      : []),
  ]),
  urlMistake('PATH_CASE', 'the path was signed in other letters: upper and lower case differ', ({ path }) => [
    { path: path.toLowerCase() },
    { path: path.toUpperCase() },
  ]),
  urlMistake('DOUBLE_SLASH', 'slashes in the path were doubled or merged', ({ path }) => [
    { path: path.replace(/\/{2,}/g, '/') },
    { path: `/${path}` },
  ]),
];

/** A port that the validator does not try by itself: it tries none and the default one. */
export const portMistake = urlMistake('PORT', 'Twilio called the URL with another port', ({ port }) =>
  USUAL_PORTS.map((usual) => ({ port: `:${usual}` })).filter((other) => other.port !== port),
);
