import { emptyCart, withWish } from '@app/cart';
import type { Expectation, LineExtras, Meaning } from '@app/interpreter';
import { formatMoney } from '@app/kernel';
import { type Fulfilment, longestRequestedTime, type PlaceOutcome } from '@app/orders';
import { type Checkout, type Dialogue, settled } from '../dialogue';
import type { MenuName } from '../menus';
import { priceCart, totalMinorOf } from '../messages/cart-view';
import { numbered } from '../messages/main-menu';
import { nameOf, plain } from '../messages/names';
import { formatOrderSummary } from '../messages/orders';
import type { Texts } from '../texts/texts';
import { type Context, say, type Step } from '../turn';

interface Question {
  expecting: Expectation;
  isOpen: (checkout: Checkout) => boolean;
  ask: (texts: Texts) => string;
  menu?: MenuName;
}

const LONGEST_ADDRESS = 300;

/** The checkout as data: the first open question is the next one; with none open the order is confirmed. */
const questions: readonly Question[] = [
  {
    expecting: 'fulfilment',
    isOpen: ({ fulfilment }) => fulfilment === undefined,
    ask: ({ ask, choice }) =>
      [ask.fulfilment, ...numbered([choice.fulfilment.delivery, choice.fulfilment.pickup])].join('\n'),
    menu: 'pasal_fulfilment',
  },
  {
    expecting: 'address',
    isOpen: ({ fulfilment, address }) => fulfilment === 'delivery' && address === undefined,
    ask: ({ ask }) => ask.address,
  },
  {
    expecting: 'payment',
    isOpen: ({ payment }) => payment === undefined,
    ask: ({ ask, choice }) => [ask.payment, ...numbered([choice.payment.cash])].join('\n'),
  },
];

/** Whether the shopper is between "place order" and the answer to the summary. */
export function isCheckingOut({ expecting }: Dialogue): boolean {
  return expecting === 'confirm' || questions.some((question) => question.expecting === expecting);
}

/** Asks the next open question, or shows the summary and asks for the yes that is bound to it. */
export function checkout(context: Context, known: Checkout = {}): Step {
  const { dialogue, cart, views } = context;
  const { texts, language, shop } = views;
  const lines = priceCart(cart, views.catalogue);
  if (lines.length === 0) {
    return say(context, texts.cart.empty);
  }
  const open = questions.find(({ isOpen }) => isOpen(known));
  const next = { ...settled(dialogue), checkout: known };
  if (open) {
    const reply = open.ask(texts);
    const { expecting, menu: name } = open;
    const menu = name && { name, twin: reply };
    return { dialogue: { ...next, expecting }, cart, reply, view: 'checkout', ...(menu && { menu }) };
  }
  return {
    dialogue: {
      ...next,
      expecting: 'confirm',
      confirmation: { cartVersion: cart.version, totalMinor: totalMinorOf(lines) },
    },
    cart,
    reply: [formatOrderSummary(lines, known, shop.currency, language, texts), texts.ask.confirm].join('\n'),
    view: 'checkout',
  };
}

/** An answer to a question of the checkout, asked for or not. */
export function setDetail(context: Context, { slot, value }: Meaning & { intent: 'set_detail' }): Step {
  const { dialogue, views } = context;
  const known = dialogue.checkout;
  switch (slot) {
    case 'fulfilment':
      return proceed(context, { ...known, fulfilment: value as Fulfilment });
    case 'address':
      return proceed(context, {
        fulfilment: 'delivery',
        ...known,
        address: addressOf(value),
      });
    case 'payment':
      return value === 'cash'
        ? proceed(context, { ...known, payment: 'cash' })
        : say(context, views.texts.onlyCash);
    case 'delivery_time':
      return proceed(context, { ...known, requestedTime: timeOf(value) });
    // Whom to ask for, and what else there is to know: for whoever packs and brings it.
    case 'name':
    case 'phone':
    case 'note':
      return proceed(context, { ...known, note: withWish(known.note, plain(value)) });
    case 'rating':
      return say(context, views.texts.question.askPerson);
  }
}

/** What was said of place, time and payment in one breath with goods. */
export function withDetails(known: Checkout, { address, when, fulfilment, payment }: LineExtras): Checkout {
  return {
    ...known,
    ...(address !== undefined && { fulfilment: 'delivery', address: addressOf(address) }),
    ...(fulfilment !== undefined && { fulfilment }),
    ...(when !== undefined && { requestedTime: timeOf(when) }),
    ...(payment === 'cash' && { payment }),
  };
}

const addressOf = (words: string): string => plain(words).slice(0, LONGEST_ADDRESS);
const timeOf = (words: string): string => plain(words).slice(0, longestRequestedTime);

function proceed(context: Context, known: Checkout): Step {
  return isCheckingOut(context.dialogue)
    ? checkout(context, known)
    : { ...say(context, context.views.texts.detailKept), dialogue: { ...context.dialogue, checkout: known } };
}

/** A yes counts for the very cart and total that were shown, and only while that question is open. */
export function confirm(context: Context): Step {
  const { dialogue, cart, views } = context;
  const { confirmation, placed, checkout: known } = dialogue;
  if (dialogue.expecting !== 'confirm' || !confirmation) {
    const order = views.orders.find(({ number }) => number === placed?.number);
    return order && cart.lines.length === 0
      ? say(
          context,
          views.texts.order.alreadyPlaced(order.number, formatMoney(order.totalMinor, order.currency)),
        )
      : say(context, views.texts.order.noQuestion);
  }
  const lines = priceCart(cart, views.catalogue);
  if (confirmation.cartVersion !== cart.version) {
    return before(views.texts.order.cartChanged, checkout(context, known));
  }
  if (confirmation.totalMinor !== totalMinorOf(lines) || lines.length !== cart.lines.length) {
    return before(views.texts.order.priceChanged, checkout(context, known));
  }
  const {
    fulfilment = 'pickup',
    address = null,
    payment = 'cash',
    requestedTime = null,
    note = null,
  } = known;
  return {
    ...say(context, ''),
    effect: {
      type: 'place_order',
      draft: {
        cartVersion: cart.version,
        lines: lines.map((line) => ({
          productId: line.product.id,
          quantity: line.quantity,
          unitPriceMinor: line.product.priceMinor,
          note: line.note ?? null,
        })),
        fulfilment,
        address: fulfilment === 'delivery' ? address : null,
        requestedTime,
        note,
        payment,
        totalMinor: confirmation.totalMinor,
        by: 'shopper',
      },
    },
  };
}

/** What the shopper hears once the order was placed, or could not be. */
export function afterPlacing(context: Context, outcome: PlaceOutcome): Step {
  const { cart, views, dialogue } = context;
  const { texts, language } = views;
  switch (outcome.kind) {
    case 'placed':
    case 'already_placed': {
      const { number, totalMinor, currency } = outcome.order;
      const tell = outcome.kind === 'placed' ? texts.order.placed : texts.order.alreadyPlaced;
      const { shown } = dialogue;
      return {
        dialogue: { shown, checkout: {}, placed: { number } },
        cart: emptyCart(cart),
        reply: tell(number, formatMoney(totalMinor, currency)),
        outdates: 'checkout',
      };
    }
    case 'out_of_stock': {
      const missing = outcome.shortages.flatMap(({ productId, left }) => {
        const product = views.catalogue.products.find(({ id }) => id === productId);
        const name = product && nameOf(product, language);
        return name === undefined ? [] : [left > 0 ? `${name}: ${left}` : texts.cart.soldOut(name)];
      });
      return {
        dialogue: settled(dialogue),
        cart,
        reply: [texts.order.soldOutMeanwhile, ...missing, texts.cart.next].join('\n'),
        outdates: 'checkout',
      };
    }
    case 'price_changed':
      return before(texts.order.priceChanged, checkout(context, dialogue.checkout));
  }
}

export function deny(context: Context): Step {
  const { dialogue, cart, views } = context;
  return isCheckingOut(dialogue)
    ? {
        dialogue: { ...settled(dialogue), checkout: {} },
        cart,
        reply: views.texts.order.notOrdered,
        outdates: 'checkout',
      }
    : say(context, views.texts.wait);
}

function before(sentence: string, step: Step): Step {
  return { ...step, reply: `${sentence}\n${step.reply}` };
}
