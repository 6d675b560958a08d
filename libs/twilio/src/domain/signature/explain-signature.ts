import { bodyMistakes } from './body-mistakes';
import type { Mistake, SeenRequest } from './mistake';
import { paramsMistakes } from './params-mistakes';
import { portMistake, urlMistakes } from './url-mistakes';

const tokenMistakes: readonly Mistake[] = [
  {
    code: 'TOKEN_NOT_TRIMMED',
    about: 'the auth token has spaces, line ends or quotes around it',
    undo: ({ authToken }) => [{ authToken: authToken.replace(/^[\s"']+|[\s"']+$/g, '') }],
  },
  {
    code: 'SIGNATURE_NOT_TRIMMED',
    about: 'the signature has spaces, line ends or quotes around it',
    undo: ({ signature }) => [{ signature: signature.replace(/^[\s"']+|[\s"']+$/g, '') }],
  },
];

/** In the order of the search. A port has many values: last, so that it is the second of two and seldom the first. */
const mistakes = [...tokenMistakes, ...urlMistakes, ...bodyMistakes, ...paramsMistakes, portMistake];

/** How many characters may be hashed for one explanation: some milliseconds. */
const BUDGET = 1_000_000;

/** 20 bytes in base64. */
const SHAPE = /^[A-Za-z0-9+/]{27}=$/;

/**
 * Why a signature does not fit, found by trying what could have been signed: each known mistake, then each two of them.
 * @param fits whether the signature fits, by the code that decides about webhooks
 * @returns a stable code and a sentence
 */
export function explainSignature(seen: SeenRequest, fits: (candidate: SeenRequest) => boolean): string {
  if (seen.authToken === '') {
    return 'TOKEN_EMPTY: there is no auth token, and with an empty one anybody could sign';
  }
  if (seen.signature === '') {
    return 'SIGNATURE_MISSING: there is no X-Twilio-Signature';
  }
  if (!URL.canParse(seen.url)) {
    return 'URL_INVALID: the URL is not absolute: https://host/path?query as Twilio calls it';
  }
  const found = search(seen, fits);
  if (found) {
    const causes = found.mistakes.map(({ code, about }) => `${code}: ${about}`).join('; and ');
    return found.url === seen.url ? causes : `${causes} (signed was ${found.url})`;
  }
  return SHAPE.test(seen.signature)
    ? 'UNKNOWN: no known mistake explains it: a wrong auth token, another host or path behind a proxy, or a changed body'
    : 'SIGNATURE_SHAPE: a signature is the base64 of 20 bytes (HMAC-SHA1); this one was cut, re-encoded or made by other means';
}

interface Found {
  mistakes: Mistake[];
  url: string;
}

function search(seen: SeenRequest, fits: (candidate: SeenRequest) => boolean): Found | undefined {
  const tried = new Set([JSON.stringify(seen)]);
  let budget = BUDGET;
  const isNewAndFits = (candidate: SeenRequest): boolean => {
    const key = JSON.stringify(candidate);
    if (tried.has(key)) {
      return false;
    }
    tried.add(key);
    budget -= key.length;
    return fits(candidate);
  };
  for (const [mistake, candidate] of undone(seen, mistakes)) {
    if (isNewAndFits(candidate)) {
      return { mistakes: [mistake], url: candidate.url };
    }
  }
  for (const [first, halfway] of undone(seen, mistakes)) {
    for (const [second, candidate] of undone(halfway, mistakes.slice(mistakes.indexOf(first) + 1))) {
      if (budget < 0) {
        return undefined;
      }
      if (isNewAndFits(candidate)) {
        return { mistakes: [first, second], url: candidate.url };
      }
    }
  }
  return undefined;
}

function* undone(seen: SeenRequest, tried: readonly Mistake[]): Iterable<[Mistake, SeenRequest]> {
  for (const mistake of tried) {
    for (const change of mistake.undo(seen)) {
      yield [mistake, { ...seen, ...change }];
    }
  }
}
