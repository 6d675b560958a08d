import type { Element } from './element';
import { placed, type Reader } from './reader';
import type { Token } from './tokenise';

const PHONE_DIGITS = 7;
const HIGHEST_FLOOR = 1_000;

const digits = (token: Token | undefined): number => (token === undefined ? 0 : token.end - token.start);

/** Money, telephone numbers and floors hold numbers that count nothing. */
export function asideAt(reader: Reader, at: number): { element: Element; length: number } | undefined {
  const token = reader.tokens[at];
  if (token?.kind === 'time' || token?.kind === 'ref' || token?.kind === 'money') {
    return {
      element: { ...placed(reader, at, 1), kind: 'aside', aside: token.kind, value: token.value },
      length: 1,
    };
  }
  const money = reader.phrases[at]?.concepts.has('currency') === true;
  if (money && reader.tokens[at + 1]?.kind === 'number') {
    const value = reader.tokens[at + 1]?.value ?? 0;
    return { element: { ...placed(reader, at, 2), kind: 'aside', aside: 'money', value }, length: 2 };
  }
  if (token?.kind !== 'number') {
    return undefined;
  }
  const next = reader.phrases[at + 1]?.concepts;
  if (next?.has('currency') === true || next?.has('floor') === true || next?.has('clock') === true) {
    const aside = next.has('currency') ? 'money' : next.has('floor') ? 'floor' : 'time';
    return { element: { ...placed(reader, at, 2), kind: 'aside', aside, value: token.value }, length: 2 };
  }
  if (reader.phrases[at - 1]?.concepts.has('floor') === true && token.value < HIGHEST_FLOOR) {
    return {
      element: { ...placed(reader, at, 1), kind: 'aside', aside: 'floor', value: token.value },
      length: 1,
    };
  }
  const times = reader.tokens[at - 1]?.word === 'x';
  if (
    digits(token) >= PHONE_DIGITS &&
    digits(token) <= 15 &&
    !times &&
    Number.isInteger(token.value) &&
    token.value >= 1e6
  ) {
    return {
      element: { ...placed(reader, at, 1), kind: 'aside', aside: 'phone', value: token.value },
      length: 1,
    };
  }
  return undefined;
}
