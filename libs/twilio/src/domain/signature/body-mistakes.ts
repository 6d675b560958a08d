import type { SignedContent } from '@app/messaging';
import type { FormParams } from '../form-params';
import type { Mistake } from './mistake';

/** A mistake with a body that the hash in the query must fit. */
function bodyMistake(
  code: string,
  about: string,
  variants: (body: string) => Iterable<SignedContent>,
): Mistake {
  return {
    code,
    about,
    *undo({ content }) {
      for (const other of 'body' in content ? variants(String(content.body)) : []) {
        yield { content: other };
      }
    },
  };
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
};

const isForm = (value: unknown): value is FormParams =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((item) => [item].flat().every((part) => typeof part === 'string'));

/** Every mistake with a raw body that we know. */
export const bodyMistakes: readonly Mistake[] = [
  bodyMistake('BODY_PARSED', 'the body was parsed as JSON, but a form was signed', (body) => {
    const value = parsed(body);
    return isForm(value) ? [{ params: value }] : [];
  }),
  bodyMistake(
    'BODY_REWRITTEN',
    'the body was parsed and written again: check the bytes as received',
    (body) => {
      const value = parsed(body);
      return [
        ...(value === undefined
          ? []
          : [undefined, 1, 2, 4, '\t'].map((space) => ({ body: JSON.stringify(value, undefined, space) }))),
        { body: body.trim() },
        { body: `${body}\n` },
        { body: `${body}\r\n` },
        { body: body.replace(/\r\n/g, '\n') },
        { body: body.replace(/\r?\n/g, '\r\n') },
        { body: `\uFEFF${body}` },
      ];
    },
  ),
  bodyMistake(
    'BODY_CHANGED',
    'the signature fits the URL, but bodySHA256 in it does not fit the body, or is not there',
    () => [{ params: {} }],
  ),
];
