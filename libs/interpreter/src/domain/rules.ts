import type { Meaning } from './interpretation';
import type { Concept } from './language';
import { type Message, namesProduct, says, saysOnly, unknownWords } from './message';

/** A meaning that follows from concepts alone. */
interface Rule {
  /** One of each list must be said. */
  all: readonly (readonly Concept[])[];
  none?: readonly Concept[];
  /** Nothing else may be said than these: for what moves money, orders or consent. */
  only?: readonly Concept[];
  /** Applies beside products too. */
  goods?: boolean;
  meaning: Meaning;
}

const COURTESY = [
  'yes',
  'ok',
  'no',
  'thanks',
  'greet',
  'order',
  'cart',
  'want',
  'it',
  'all',
  'but',
  'wait',
  'insteadAlone',
] as const;

/** Read from the top; the first rule that applies decides. */
const RULES: readonly Rule[] = [
  { all: [['scope']], none: ['cart'], goods: true, meaning: { intent: 'other', kind: 'out_of_scope' } },
  { all: [['data'], ['erase']], none: ['dont'], meaning: { intent: 'privacy_erase' } },
  { all: [['forgetMe']], none: ['dont'], meaning: { intent: 'privacy_erase' } },
  {
    all: [['stop', 'optOut', 'remove'], ['messages']],
    only: ['stop', 'messages', 'dont', 'want', 'no', 'optOut', 'all', 'remove', 'show', 'more', 'change'],
    meaning: { intent: 'opt_out' },
  },
  { all: [['optOut']], only: ['optOut', 'change'], meaning: { intent: 'opt_out' } },
  { all: [['reset']], only: ['reset', ...COURTESY], meaning: { intent: 'reset' } },
  { all: [['optIn']], only: ['optIn', 'messages'], meaning: { intent: 'opt_in' } },
  { all: [['refund']], goods: true, meaning: { intent: 'handoff', reason: 'refund' } },
  { all: [['paid']], goods: true, none: ['ask'], meaning: { intent: 'handoff', reason: 'payment' } },
  {
    all: [['person'], ['talk', 'want', 'ask', 'help', 'show', 'greet']],
    none: ['smalltalk'],
    goods: true,
    meaning: { intent: 'handoff', reason: 'person' },
  },
  {
    all: [['callMe']],
    none: ['phoneIs'],
    only: ['callMe', 'nameIs', 'talk', 'ask', 'time', 'day', ...COURTESY],
    meaning: { intent: 'handoff', reason: 'person' },
  },
  {
    all: [['person']],
    only: ['person', 'talk', 'ask', ...COURTESY],
    meaning: { intent: 'handoff', reason: 'person' },
  },
  {
    all: [['complaint']],
    none: ['add', 'change', 'option'],
    goods: true,
    meaning: { intent: 'handoff', reason: 'complaint' },
  },
  { all: [['usual']], none: ['dont', 'cancel'], meaning: { intent: 'reorder', which: 'usual' } },
  {
    all: [['repeat'], ['yesterday']],
    none: ['dont', 'cancel', 'change'],
    meaning: { intent: 'reorder', which: 'yesterday' },
  },
  { all: [['repeat']], none: ['dont', 'cancel'], meaning: { intent: 'reorder', which: 'last' } },
  { all: [['undo']], only: ['undo', 'remove', 'change', ...COURTESY], meaning: { intent: 'undo' } },
  {
    all: [['empty']],
    none: ['dont', 'not', 'cancel'],
    only: ['empty', 'remove', 'change', ...COURTESY],
    meaning: { intent: 'clear_cart' },
  },
  {
    all: [['remove', 'cancel'], ['cart']],
    none: ['dont', 'not', 'it'],
    only: ['remove', 'cancel', ...COURTESY],
    meaning: { intent: 'clear_cart' },
  },
  {
    all: [['cancel']],
    none: ['dont', 'how', 'where', 'when', 'status'],
    only: ['cancel', 'ask', 'change', 'remove', 'recent', ...COURTESY],
    meaning: { intent: 'cancel_order' },
  },
  { all: [['status']], none: ['add'], goods: true, meaning: { intent: 'order_status' } },
  {
    all: [
      ['where', 'when'],
      ['order', 'arrive', 'recent'],
    ],
    none: ['deliver', 'open', 'area'],
    meaning: { intent: 'order_status' },
  },
  {
    all: [['checkout']],
    none: ['how', 'dont', 'when', 'wait'],
    only: ['checkout', 'total', 'change', 'add', 'howMuch', ...COURTESY],
    meaning: { intent: 'checkout' },
  },
  { all: [['total', 'cart']], none: ['pay', 'add'], meaning: { intent: 'view_cart' } },
  { all: [['recent']], none: ['cancel'], meaning: { intent: 'recent_orders' } },
  { all: [['help']], meaning: { intent: 'help' } },
  {
    all: [['more']],
    only: ['more', 'show', 'want', 'catalogue', 'ask', 'isThere', 'option', 'optionIntro', 'ok', 'yes'],
    meaning: { intent: 'show_catalog', page: 'next' },
  },
  { all: [['catalogue']], none: ['remove', 'cancel'], meaning: { intent: 'show_catalog' } },
  { all: [['show'], ['menu']], none: [], meaning: { intent: 'show_catalog' } },
  { all: [['menu']], only: ['menu', 'greet', 'thanks', 'ok', 'want', 'show'], meaning: { intent: 'menu' } },
];

/** Rules for the last, when goods and details had their turn. */
const LATE_RULES: readonly Rule[] = [
  {
    all: [['when']],
    none: ['open'],
    only: ['when', 'time', 'day', 'order', 'arrive', 'ask', 'isThere', 'deliver', 'howMuch', 'want'],
    meaning: { intent: 'order_status' },
  },
  {
    all: [['howMuch']],
    only: ['howMuch', 'price', 'it', 'isThere', 'ask'],
    meaning: { intent: 'view_cart' },
  },
  { all: [['how'], ['order', 'want', 'cancel', 'pay']], meaning: { intent: 'help' } },
  { all: [['show'], ['want', 'it']], only: ['show', 'want', 'it'], meaning: { intent: 'show_catalog' } },
  {
    all: [['want'], ['order']],
    only: ['want', 'order', 'greet', 'ask', 'change'],
    meaning: { intent: 'show_catalog' },
  },
  { all: [['want', 'order']], only: ['want', 'order', 'greet', 'ask'], meaning: { intent: 'show_catalog' } },
  { all: [['thanks']], meaning: { intent: 'other', kind: 'thanks' } },
  { all: [['smalltalk']], meaning: { intent: 'other', kind: 'smalltalk' } },
  { all: [['wait']], none: ['cancel', 'remove', 'add'], meaning: { intent: 'other', kind: 'wait' } },
  { all: [['greet']], none: ['cancel', 'remove'], meaning: { intent: 'menu' } },
  { all: [['ok']], only: ['ok', 'it'], meaning: { intent: 'other', kind: 'smalltalk' } },
];

function applies(rule: Rule, message: Message): boolean {
  return (
    rule.all.every((any) => says(message, ...any)) &&
    !says(message, ...(rule.none ?? [])) &&
    (rule.goods === true || !namesProduct(message)) &&
    (rule.only === undefined || saysOnlyMarks(message, rule.only))
  );
}

function saysOnlyMarks(message: Message, concepts: readonly Concept[]): boolean {
  const rest = message.elements.filter((element) => element.kind !== 'question');
  return saysOnly({ ...message, elements: rest }, ...concepts);
}

const FREE: readonly (string | undefined)[] = ['address', 'name', 'note'];

/** Commands: they win over every open question; in free text only when they are all of it ("near Help Nepal office"). */
export function command(message: Message): Meaning | undefined {
  const rule = RULES.find((candidate) => applies(candidate, message));
  const inText = FREE.includes(message.expecting) && unknownWords(message).length > 0;
  return inText ? undefined : rule?.meaning;
}

/** What is left when nothing stronger applied. */
export function remark(message: Message): Meaning | undefined {
  return LATE_RULES.find((rule) => applies(rule, message))?.meaning;
}
