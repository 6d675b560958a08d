import * as fc from 'fast-check';
import phrases from '../languages/consent.json';
import { consentWords } from './consent-words';
import { interpret } from './interpret';
import type { Expectation } from './input';

const all = Object.entries(phrases).flatMap(([group, languages]) =>
  Object.values(languages)
    .flat()
    .map((phrase): [string, string] => [group, phrase]),
);
const understood = (text: string, expecting?: Expectation): unknown =>
  interpret({ text, catalogue: { products: [] }, ...(expecting && { expecting }) });

describe('consent words', () => {
  it.each([
    ['STOP', 'opt_out'],
    ['  Stop!! 🛑', 'opt_out'],
    ['*stop*', 'opt_out'],
    ['S\u200BTOP', 'opt_out'],
    ['ＳＴＯＰ', 'opt_out'],
    ['Banda   gara.', 'opt_out'],
    ['बन्द गर्नुहोस्', 'opt_out'],
    ['बंद करो', 'opt_out'],
    ['BAJA', 'opt_out'],
    ['Não quero mais mensagens', 'opt_out'],
    ['nao quero mais mensagens', 'opt_out'],
    ['Arrêt', 'opt_out'],
    ['ARRET', 'opt_out'],
    ['Abmelden', 'opt_out'],
    ['afmelden', 'opt_out'],
    ['إيقاف', 'opt_out'],
    ['ايقاف', 'opt_out'],
    ['стоп', 'opt_out'],
    ['停止', 'opt_out'],
    ['start', 'opt_in'],
    ['ALTA', 'opt_in'],
    ['सुरु', 'opt_in'],
    ["m'abonner", 'opt_in'],
  ])('are obeyed as a whole message: %j', (text, intent) => {
    expect(consentWords(text)).toEqual({ intent });
    expect(understood(text)).toMatchObject({ intent });
  });

  it.each([
    ['stop offers', 'broadcast', 'withdrawn'],
    ['START OFFERS!', 'broadcast', 'granted'],
    ['अफर बन्द गर्नुहोस्', 'broadcast', 'withdrawn'],
    ['Stop updates', 'order', 'withdrawn'],
    ['start order updates', 'order', 'granted'],
  ])('may be about one topic: %j', (text, topic, state) => {
    expect(consentWords(text)).toEqual({ intent: 'consent', topic, state });
  });

  it.each([
    ...[
      'cancel',
      'end',
      'Cancel!',
      'cancelar',
      'annuler',
      'stornieren',
      'annulla',
      'annuleren',
      'إلغاء',
      'रद्द',
    ],
    ...['yes', 'no', 'basta', 'fin', 'remove', 'back', 'pause'],
    ...[
      'stop adding coke',
      "don't stop",
      'please stop by at 6',
      'bus stop, Thamel',
      'start with 2 momo',
      'banda gobi',
    ],
    ...['', '!!!', '🛑', '*'],
  ])('are not meant by %j', (text) => {
    expect(consentWords(text)).toBeUndefined();
  });

  it.each<Expectation>(['address', 'name', 'note', 'confirm', 'payment'])(
    'are obeyed whatever was asked for: %s',
    (expecting) => {
      expect(understood('SAIR', expecting)).toMatchObject({ intent: 'opt_out' });
    },
  );

  it('mean one thing each', () => {
    const meanings = new Map<string, Set<string>>();
    for (const [group, phrase] of all) {
      meanings.set(group, (meanings.get(group) ?? new Set()).add(JSON.stringify(consentWords(phrase))));
    }
    expect([...meanings.values()].map((of) => [...of])).toEqual([
      ['{"intent":"opt_out"}'],
      ['{"intent":"opt_in"}'],
      ['{"intent":"consent","topic":"broadcast","state":"withdrawn"}'],
      ['{"intent":"consent","topic":"broadcast","state":"granted"}'],
      ['{"intent":"consent","topic":"order","state":"withdrawn"}'],
      ['{"intent":"consent","topic":"order","state":"granted"}'],
    ]);
  });

  it('survive any case, spaces and punctuation around and between them, and no other word', () => {
    const noise = fc.stringMatching(/^[ .,!?…\n-]{0,4}$/);
    const anyPhrase = fc.constantFrom(...all.map(([, phrase]) => phrase));
    fc.assert(
      fc.property(anyPhrase, noise, noise, fc.boolean(), (phrase, before, after, loud) => {
        const text = before + phrase.replaceAll(' ', `${after} `) + after;
        expect(consentWords(loud ? text.toLocaleUpperCase('en') : text)).toEqual(consentWords(phrase));
        expect(consentWords(`${phrase} momo`)).toBeUndefined();
        expect(consentWords(`two ${phrase}`)).toBeUndefined();
      }),
    );
  });
});
