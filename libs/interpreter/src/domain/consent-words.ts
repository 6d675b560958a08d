import phrases from '../languages/consent.json';
import type { Meaning } from './interpretation';
import { clean, fold } from './normalise';

/** A text that is longer holds more than one phrase: nothing to look closer at. */
const LONGEST = 200;

type ConsentMeaning = Extract<Meaning, { intent: 'opt_out' | 'opt_in' | 'consent' }>;

const meanings: Readonly<Record<keyof typeof phrases, ConsentMeaning>> = {
  stop: { intent: 'opt_out' },
  start: { intent: 'opt_in' },
  stop_offers: { intent: 'consent', topic: 'broadcast', state: 'withdrawn' },
  start_offers: { intent: 'consent', topic: 'broadcast', state: 'granted' },
  stop_updates: { intent: 'consent', topic: 'order', state: 'withdrawn' },
  start_updates: { intent: 'consent', topic: 'order', state: 'granted' },
};

const byPhrase: ReadonlyMap<string, ConsentMeaning> = new Map(
  Object.entries(phrases).flatMap(([group, languages]) =>
    Object.values(languages)
      .flat()
      .map((phrase): [string, ConsentMeaning] => [keyOf(phrase), meanings[group as keyof typeof phrases]]),
  ),
);

/**
 * What a message says about consent when it is nothing but one of the listed phrases, in any of their languages, whatever
 * its case, spaces and punctuation. Inside a longer text they are words like others, and so are "cancel" and "end" everywhere.
 */
export function consentWords(text: string): ConsentMeaning | undefined {
  return text.length <= LONGEST ? byPhrase.get(keyOf(text)) : undefined;
}

/** Asterisks are WhatsApp's bold, and no "times" here. The dotless i of Turkish is lost in capitals. */
function keyOf(text: string): string {
  const plain = clean(text.replaceAll('*', ' ')).replaceAll("'", '');
  return (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) => fold(word).replaceAll('ı', 'i')).join(' ');
}
