import type { Meaning } from '@app/interpreter';
import { assertNever } from '@app/kernel';
import { settled } from './dialogue';
import { answerQuestion, showHelp, showMenu, showProducts } from './handlers/browse';
import { addItems, clarify } from './handlers/add-items';
import { clearCart, editItem, removeItems, replaceItem, setQuantity, undo, viewCart } from './handlers/cart';
import { checkout, confirm, deny, setDetail } from './handlers/checkout';
import { cancelOrder, orderStatus, recentOrders, reorder } from './handlers/orders';
import { type MainMenuEntry, mainMenuEntries } from './messages/main-menu';
import { type Context, say, type Step } from './turn';

type Handlers = {
  readonly [Intent in Meaning['intent']]: (
    context: Context,
    meaning: Extract<Meaning, { intent: Intent }>,
  ) => Step;
};

/** The dialogue as data: what each intent does. A new intent of the interpreter is a compile error here. */
const handlers: Handlers = {
  menu: showMenu,
  show_catalog: showProducts,
  select_option: (context, { option }) => selectOption(context, option),
  add_items: addItems,
  remove_items: removeItems,
  set_quantity: setQuantity,
  replace_item: replaceItem,
  edit_item: editItem,
  clear_cart: clearCart,
  undo,
  view_cart: viewCart,
  checkout: (context) => checkout(context, context.dialogue.checkout),
  confirm,
  deny,
  cancel_order: cancelOrder,
  order_status: orderStatus,
  recent_orders: recentOrders,
  reorder,
  set_detail: setDetail,
  question: answerQuestion,
  handoff: handToStaff,
  opt_out: (context) => ({ ...say(context, context.views.texts.optedOut), effect: { type: 'opt_out' } }),
  opt_in: (context) => ({ ...say(context, context.views.texts.optedIn), effect: { type: 'opt_in' } }),
  consent: (context, { topic, state }) => ({
    ...say(context, context.views.texts.consent[topic][state]),
    effect: { type: 'consent', topic, state },
  }),
  // Erasing is for people until it can be done and proven: nobody is told "done" before.
  privacy_erase: handToStaff,
  help: showHelp,
  reset: (context) => showMenu({ ...context, dialogue: { shown: [], checkout: {} } }),
  invalid: (context, { problem }) => say(context, context.views.texts.impossible[problem]),
  clarify,
  other: (context, { kind }) => {
    const { texts } = context.views;
    const answers = {
      thanks: texts.thanks,
      wait: texts.wait,
      smalltalk: texts.outOfScope,
      out_of_scope: texts.outOfScope,
      unknown: texts.notUnderstood,
    };
    return say(context, answers[kind]);
  },
};

/** One turn: state and meaning to the next state, the reply, and at most one effect. Pure. */
export function advance(context: Context, meaning: Meaning): Step {
  const handler = handlers[meaning.intent] as (context: Context, meaning: Meaning) => Step;
  return handler(context, meaning);
}

function handToStaff(context: Context): Step {
  return {
    ...say(context, context.views.texts.person),
    dialogue: settled(context.dialogue),
    effect: { type: 'hand_to_staff' },
  };
}

function selectOption(context: Context, option: number): Step {
  const entry: MainMenuEntry | undefined = mainMenuEntries[option - 1];
  switch (entry) {
    case 'products':
      return showProducts(context, {});
    case 'cart':
      return viewCart(context);
    case 'checkout':
      return checkout(context, context.dialogue.checkout);
    case 'orders':
      return recentOrders(context);
    case 'help':
      return showHelp(context);
    case 'person':
      return handToStaff(context);
    case undefined:
      return say(context, context.views.texts.impossible.unknown_number);
    default:
      return assertNever(entry);
  }
}
