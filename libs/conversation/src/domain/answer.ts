import type { Catalogue } from '@app/catalog';
import type { InboundContent } from '@app/messaging';
import type { Order } from '@app/orders';
import { advance } from './advance';
import { gate, type Standing } from './gate';
import { answerLanguage } from './language';
import { type Needs, needsOf } from './needs';
import { textsFor } from './texts/languages';
import { type Context, say, type Shop, type Step, type TurnState } from './turn';
import { isUnsure, type Understanding, understand, understandProposed } from './understand';

/** Where a conversation stands between two messages. */
export interface Stand extends TurnState, Standing {
  language: string;
}

/** A message that was understood, with what must be looked up before it can be answered. */
export interface Heard {
  stand: Stand;
  context: Context;
  meaning: Understanding;
  needs: Needs;
  /** Nothing is said: the channel has answered already, or it is one that we do not answer by. */
  isAnswered: boolean;
}

/** What was looked up. */
export interface LookUps {
  stock: ReadonlyMap<string, number>;
  orders: readonly Order[];
}

const NOTHING: Needs = { stockOf: [], orders: false };

/**
 * From what was sent to what is meant and needed. Pure.
 * @param proposal what an assistant makes of it, which counts only for what was not understood
 */
export function hear(
  content: InboundContent,
  stand: Stand,
  shop: Shop,
  catalogue: Catalogue,
  proposal?: unknown,
): Heard {
  const { dialogue, cart } = stand;
  const situation = { dialogue, cart, catalogue, language: stand.language };
  const understood = understand(content, situation);
  const meaning =
    proposal !== undefined && content.type === 'text' && isUnsure(understood)
      ? (understandProposed(content.text, situation, proposal) ?? understood)
      : understood;
  const language = answerLanguage(stand.language, 'text' in content ? content.text : '', meaning);
  const views = { shop, language, texts: textsFor(language), catalogue, stock: new Map(), orders: [] };
  const context: Context = { dialogue, cart, views };
  const isOpen = gate(stand, meaning) === 'open' && meaning.intent !== 'unreadable';
  return {
    stand: { ...stand, language },
    context,
    meaning,
    needs: isOpen ? needsOf(context, meaning) : NOTHING,
    isAnswered: content.type === 'sms' || (content.type === 'text' && content.consent !== undefined),
  };
}

/** From what is meant and known to the next state, the reply and at most one effect. Pure. */
export function answer({ stand, context, meaning, isAnswered }: Heard, { stock, orders }: LookUps): Step {
  const { texts } = context.views;
  switch (gate(stand, meaning)) {
    case 'silent':
      return say(context, '');
    case 'opted_out':
      return say(context, isAnswered ? '' : texts.stillOptedOut);
    case 'open':
      break;
  }
  if (meaning.intent === 'unreadable') {
    const told = { media: texts.cannotReadMedia, unsupported: texts.cannotRead, incomplete: texts.sendAgain };
    return say(context, told[meaning.kind]);
  }
  const informed = { ...context, views: { ...context.views, stock, orders } };
  if (meaning.intent === 'opt_in' && !stand.optedOut && !isAnswered) {
    // Many bots are greeted with START: who never stopped is not welcomed back.
    return advance(informed, { intent: 'menu' });
  }
  const step = advance(informed, meaning);
  const isRepeatedStop = meaning.intent === 'opt_out' && stand.optedOut;
  return isAnswered || isRepeatedStop ? { ...step, reply: '' } : step;
}

/** Where the conversation stands when the step is done. */
export function standAfter(
  { handledBy, optedOut, language }: Stand,
  { dialogue, cart, effect }: Step,
): Stand {
  return {
    dialogue,
    cart,
    language,
    handledBy: effect?.type === 'hand_to_staff' ? 'staff' : handledBy,
    optedOut: effect?.type === 'opt_out' || (optedOut && effect?.type !== 'opt_in'),
  };
}
