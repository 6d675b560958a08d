import { acceptProposal, type Interpretation, interpret, type InterpreterInput } from '@app/interpreter';
import type { InboundContent } from '@app/messaging';
import type { Cart } from '@app/cart';
import type { Catalogue } from '@app/catalog';
import type { Dialogue, PendingLine } from './dialogue';
import { isCheckingOut } from './handlers/checkout';
import { needsWhatIsMissing } from './incomplete';
import { readTap } from './read-tap';

/** What a message means here; `unreadable` ones have no words to interpret, or lack what gives the words their meaning. */
export type Understanding =
  Interpretation | { intent: 'unreadable'; kind: 'media' | 'unsupported' | 'incomplete' };

const CONSENT: ReadonlySet<Interpretation['intent']> = new Set(['opt_out', 'opt_in', 'consent']);

export interface Situation {
  dialogue: Dialogue;
  cart: Cart;
  catalogue: Catalogue;
  /** In which the shopper is answered. */
  language: string;
}

/** Whether nothing of a text was understood, or not what it names: somebody else may know. */
export function isUnsure(meaning: Understanding): boolean {
  return (
    (meaning.intent === 'other' && meaning.kind === 'unknown') ||
    (meaning.intent === 'clarify' && meaning.items.length === 0 && (meaning.unknown ?? []).length > 0)
  );
}

/** What a proposal makes of a text that was not understood; undefined where it is not borne out. */
export function understandProposed(
  text: string,
  situation: Situation,
  proposal: unknown,
): Interpretation | undefined {
  return acceptProposal(inputOf(text, situation), proposal);
}

/** From what was sent to what is meant. Pure. */
export function understand(content: InboundContent, situation: Situation): Understanding {
  switch (content.type) {
    case 'text':
      if (content.consent) {
        return { intent: content.consent };
      }
      return content.partial
        ? understandPartial(content.text, situation)
        : understandText(content.text, situation);
    case 'sms':
      return understandSms(content, situation);
    case 'selection':
      return (
        readTap(content.id, situation.dialogue, situation.cart) ?? understandText(content.text, situation)
      );
    case 'location':
      return understandLocation(content, situation);
    case 'order':
      return understandOrder(content.items, situation);
    case 'media':
      return content.text.trim() === ''
        ? { intent: 'unreadable', kind: 'media' }
        : understandText(content.text, situation);
    case 'unsupported':
      return { intent: 'unreadable', kind: 'unsupported' };
  }
}

function understandPartial(text: string, situation: Situation): Understanding {
  const meaning = understandText(text, situation);
  const readIn = (dialogue: Dialogue): Interpretation => understandText(text, { ...situation, dialogue });
  return needsWhatIsMissing(text, meaning, situation.catalogue, readIn)
    ? { intent: 'unreadable', kind: 'incomplete' }
    : meaning;
}

/** By SMS only what is said about consent is for us to understand: the rest is for people, because the bot sends no SMS. */
function understandSms(
  { text, consent }: Extract<InboundContent, { type: 'sms' }>,
  situation: Situation,
): Interpretation {
  const meaning: Interpretation = consent ? { intent: consent } : understandText(text, situation);
  return CONSENT.has(meaning.intent) ? meaning : { intent: 'handoff', reason: 'person' };
}

function inputOf(text: string, { dialogue, cart, catalogue, language }: Situation): InterpreterInput {
  return {
    text,
    catalogue,
    language,
    cart: cart.lines,
    ...(dialogue.shown.length > 0 && { shown: dialogue.shown }),
    ...(dialogue.expecting !== undefined && { expecting: dialogue.expecting }),
  };
}

function understandText(text: string, situation: Situation): Interpretation {
  const { dialogue, catalogue } = situation;
  const read = (words: string): Interpretation => interpret(inputOf(words, situation));
  const { pending } = dialogue;
  return (pending && completed(text, pending, catalogue, read)) ?? read(text);
}

/** A short answer to "how many?" or "which one?" makes a line with what was said before; anything else is read by itself. */
function completed(
  text: string,
  pending: PendingLine,
  catalogue: Catalogue,
  read: (words: string) => Interpretation,
): Interpretation | undefined {
  if (pending.lacks === 'product') {
    const choice = read(text);
    const [item] = choice.intent === 'add_items' ? choice.items : [];
    const { quantity } = pending;
    return choice.intent === 'add_items' &&
      choice.items.length === 1 &&
      item?.quantity === null &&
      quantity !== null
      ? { ...choice, items: [{ ...item, quantity }] }
      : undefined;
  }
  const name = catalogue.products.find(({ sku }) => sku === pending.sku)?.name;
  if (name === undefined) {
    return undefined;
  }
  const whole = read([text, pending.unit, name].filter((part) => part !== undefined).join(' '));
  const [item] = whole.intent === 'add_items' ? whole.items : [];
  const completes =
    whole.intent === 'add_items' &&
    whole.items.length === 1 &&
    item?.sku === pending.sku &&
    item.quantity !== null &&
    whole.extras?.unknown === undefined;
  return completes ? whole : undefined;
}

/** A pin is an address while one can be of use; otherwise it says nothing that we could act on. */
function understandLocation(
  { latitude, longitude, label }: { latitude: number; longitude: number; label: string },
  { dialogue }: Situation,
): Understanding {
  const coordinates = `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;
  const value = label === '' ? `📍 ${coordinates}` : `📍 ${label} (${coordinates})`;
  return isCheckingOut(dialogue)
    ? { intent: 'set_detail', slot: 'address', value }
    : { intent: 'unreadable', kind: 'unsupported' };
}

/** A cart composed in WhatsApp's own catalogue is a draft: products are ours, prices are ours. */
function understandOrder(
  items: readonly { sku: string; quantity: number }[],
  { catalogue }: Situation,
): Interpretation {
  const known = items.filter(({ sku }) => catalogue.products.some((product) => product.sku === sku));
  const unknown = items.filter((item) => !known.includes(item)).map(({ sku }) => sku);
  return { intent: 'add_items', items: known, ...(unknown.length > 0 && { extras: { unknown } }) };
}
