import { answer, detailAnswer, plainYes } from './answers';
import { confidenceOf } from './confidence';
import { consentWords } from './consent-words';
import { detectLanguage } from './languages-of';
import { unaskedDetail } from './details';
import { goodsMeaning } from './goods';
import type { InterpreterInput } from './input';
import type { Interpretation, Meaning } from './interpretation';
import { readLines } from './lines';
import { type Message, read, says, saysOnly, unknownWords } from './message';
import { productQuestion, shopQuestion } from './questions';
import { command, remark } from './rules';

/** Readings in their order of precedence: the first that applies is the meaning. */
const READINGS: readonly ((message: Message) => Meaning | undefined)[] = [
  plainYes,
  command,
  answer,
  openQuestion,
  detailAnswer,
  (message) => (says(message, 'scope') ? undefined : shopReading(message)),
  categoryReading,
  unaskedDetail,
  goodsMeaning,
  finishing,
  remark,
];

function shopReading(message: Message): Meaning | undefined {
  const goods = message.elements.some((element) => element.kind === 'product');
  const browses = message.category !== undefined && says(message, 'show', 'catalogue');
  return goods || browses ? undefined : shopQuestion(message);
}

/** A question back, while another one is open: "do you deliver to Patan?" is no address. */
function openQuestion(message: Message): Meaning | undefined {
  const asked = message.elements.some((element) => element.kind === 'question');
  if (!asked || message.expecting === undefined) {
    return undefined;
  }
  const goods = readLines(message);
  return goods.lines.length > 0 ? productQuestion(message, goods) : shopQuestion(message);
}

/** "drinks", "show me the noodles": a part of the catalogue, where no product bears the name. */
function categoryReading(message: Message): Meaning | undefined {
  const counted = message.elements.some((element) => element.kind === 'number');
  const named = message.elements.some((element) => element.kind === 'product');
  const blocked =
    counted || (named && !says(message, 'show', 'catalogue')) || says(message, 'remove', 'add', 'price');
  return message.category === undefined || blocked
    ? undefined
    : { intent: 'show_catalog', category: message.category };
}

/** "order" alone finishes the order where there is something to order. */
function finishing(message: Message): Meaning | undefined {
  const plain = says(message, 'order') && saysOnly(message, 'order') && message.cart.length > 0;
  return plain ? { intent: 'checkout' } : undefined;
}

function withReference(meaning: Meaning, message: Message): Meaning {
  const reference = message.elements.find((element) => element.kind === 'aside' && element.aside === 'ref');
  const takes = meaning.intent === 'cancel_order' || meaning.intent === 'order_status';
  return takes && reference !== undefined
    ? { ...meaning, orderRef: message.text.slice(reference.start, reference.end).replace(/\D/gu, '') }
    : meaning;
}

function understand(message: Message): Meaning {
  if (message.elements.length > 0 && message.elements.every((element) => element.kind === 'question')) {
    return { intent: 'help' };
  }
  for (const reading of READINGS) {
    const meaning = reading(message);
    if (meaning !== undefined) {
      return withReference(meaning, message);
    }
  }
  const unknown = unknownWords(message);
  return says(message, 'want', 'add', 'remove', 'change', 'cancel', 'stop')
    ? { intent: 'clarify', candidates: [], items: [], ...(unknown.length > 0 ? { unknown } : {}) }
    : { intent: 'other', kind: 'unknown' };
}

function interpretation(meaning: Meaning, confidence: number, language: string | null): Interpretation {
  return { ...meaning, confidence, ...(language !== null && { language }) };
}

/**
 * What a shopper's message means, given the catalogue, the list last shown, the cart and the open question.
 * Pure and total: any text gets an answer, and what is not sure becomes `clarify` or `other`, which change nothing.
 */
export function interpret(input: InterpreterInput): Interpretation {
  const consent = consentWords(input.text);
  if (consent) {
    return interpretation(consent, 1, detectLanguage(input.text));
  }
  const message = read(input);
  return interpretation(understand(message), confidenceOf(message), message.language);
}

/** Opens the languages, which takes a third of a second: the first message must not wait for it in a transaction. */
export function warmUp(): void {
  interpret({ text: '', catalogue: { products: [] } });
}
