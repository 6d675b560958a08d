import { askedDetail } from './details';
import type { Meaning } from './interpretation';
import type { Concept } from './language';
import { conceptsOf, type Message, namesProduct, says, saysOnly } from './message';

const OPTIONS: Readonly<Record<number, Meaning>> = { 1: { intent: 'confirm' }, 2: { intent: 'deny' } };

/** The only number of a message that says nothing else. */
function loneNumber(message: Message): number | undefined {
  const numbers = message.elements.filter((element) => element.kind === 'number');
  const rest = message.elements.filter((element) => element.kind !== 'number' && element.kind !== 'ordinal');
  const [ordinal, ...others] = message.elements.filter((element) => element.kind === 'ordinal');
  const only =
    numbers.length + (ordinal && others.length === 0 ? 1 : 0) === 1 &&
    saysOnly({ ...message, elements: rest }, 'entry', 'want', 'yes', 'ok', 'ordinalOne');
  return only ? (numbers[0] ?? ordinal)?.value : undefined;
}

const isOneLetter = (message: Message): boolean => (message.text.match(/[\p{L}\p{M}]/gu) ?? []).length === 1;

const ACTS: readonly Concept[] = ['remove', 'cancel', 'replace', 'empty'];

/** Yes and no; a yes must be nothing but a yes. */
function yesOrNo(message: Message): Meaning | undefined {
  // "Yes, take it out": one word may be "it" and a removal.
  const acts = message.elements.some(
    (element) =>
      ACTS.some((concept) => conceptsOf(element).has(concept)) &&
      !['yes', 'no', 'filler'].some((concept) => conceptsOf(element).has(concept as Concept)),
  );
  if (acts || isOneLetter(message)) {
    return undefined;
  }
  const yes =
    says(message, 'yes') &&
    saysOnly(message, 'yes', 'ok', 'thanks', 'checkout', 'it', 'want', 'order', 'all');
  const onlyOk =
    says(message, 'ok') && saysOnly(message, 'ok', 'thanks', 'it') && message.expecting === 'confirm';
  const weak = onlyOk && message.elements.some((element) => element.kind === 'concept');
  if ((yes && !says(message, 'no', 'dont', 'but')) || weak) {
    return { intent: 'confirm' };
  }
  const no =
    says(message, 'no') &&
    saysOnly(message, 'no', 'dont', 'not', 'thanks', 'ok', 'it', 'want', 'yes', 'isThere');
  return no && !says(message, 'but') ? { intent: 'deny' } : undefined;
}

/** "Yes, go ahead" to the question whether to order, though "go ahead" alone is where the order begins. */
export function plainYes(message: Message): Meaning | undefined {
  return message.expecting === 'confirm' && says(message, 'yes') && says(message, 'checkout')
    ? yesOrNo(message)
    : undefined;
}

/** What a bare number or a short answer means to the open question. */
export function answer(message: Message): Meaning | undefined {
  const number = loneNumber(message);
  if (number !== undefined && message.expecting === 'main_menu') {
    return { intent: 'select_option', option: number };
  }
  if (number !== undefined && message.expecting === 'confirm') {
    return OPTIONS[number] ?? { intent: 'clarify', candidates: [], items: [] };
  }
  const thumb =
    message.expecting === 'confirm' &&
    message.elements.length > 0 &&
    message.elements.every(({ kind }) => kind === 'emoji');
  return thumb ? { intent: 'clarify', candidates: [], items: [] } : yesOrNo(message);
}

/** Free text and details for the open question; goods that fill the whole message are goods. */
export function detailAnswer(message: Message): Meaning | undefined {
  const slot = message.expecting;
  const free = slot === 'address' || slot === 'name' || slot === 'note' || slot === 'delivery_time';
  const understood = message.elements.every((element) => element.kind !== 'unknown');
  const goods =
    namesProduct(message) &&
    understood &&
    !says(message, 'floor') &&
    (says(message, 'want', 'add', 'remove', 'change') || startsWithCount(message));
  const remark =
    says(message, 'wait', 'thanks', 'greet', 'smalltalk', 'ok') &&
    saysOnly(message, 'wait', 'thanks', 'greet', 'smalltalk', 'ok');
  if (free && (goods || remark)) {
    return undefined;
  }
  const bound = slot === 'phone' || slot === 'payment' || slot === 'fulfilment';
  const unfit: Meaning | undefined =
    bound && loneNumber(message) !== undefined ? { intent: 'clarify', candidates: [], items: [] } : undefined;
  return askedDetail(message) ?? unfit;
}

function startsWithCount(message: Message): boolean {
  const [first, second] = message.elements.filter((element) => element.kind !== 'unit');
  return first?.kind === 'number' && second?.kind === 'product';
}
