import { LONGEST_TEMPLATE_TEXT } from './fill-template';
import { placeholdersIn, textsIn } from './placeholders';
import type { TemplateFile } from './template-file';

export type Complain = (field: string, problem: string, fix: string) => void;

type Form = Readonly<Record<string, unknown>>;

interface Rules {
  longestBody: number;
  /** May be submitted for approval. */
  approvable: boolean;
  check?: (path: string, form: Form, isApproved: boolean, complain: Complain) => void;
}

const LONGEST_TEXT = 1_600;
const LONGEST_CALL_TO_ACTION = 640;
const LONGEST_TITLE = 20;
const LONGEST_ID = 200;
const LONGEST_ITEM = 24;
const LONGEST_DESCRIPTION = 72;
const MOST_BUTTONS = 10;
/** Without approval. */
const MOST_SESSION_BUTTONS = 3;
const MOST_ITEMS = 10;
const MOST_LINKS = 2;

/** Limits of the forms that Pasal uses, by type. */
const rulesOf: Readonly<Record<string, Rules>> = {
  'twilio/text': { longestBody: LONGEST_TEXT, approvable: true },
  'twilio/media': { longestBody: LONGEST_TEMPLATE_TEXT, approvable: true, check: checkMedia },
  'twilio/quick-reply': { longestBody: LONGEST_TEMPLATE_TEXT, approvable: true, check: checkQuickReplies },
  'twilio/list-picker': { longestBody: LONGEST_TEMPLATE_TEXT, approvable: false, check: checkList },
  'twilio/call-to-action': { longestBody: LONGEST_CALL_TO_ACTION, approvable: true, check: checkLinks },
};

/** Lengths and numbers of what each form holds. */
export function lintTypes({ types, category }: TemplateFile, complain: Complain): void {
  const isApproved = category !== null;
  for (const [type, form] of Object.entries(types)) {
    const path = `types.${type}`;
    const rules = rulesOf[type];
    if (!rules) {
      complain(path, 'is no form that Pasal knows', `use ${Object.keys(rulesOf).join(', ')}`);
      continue;
    }
    if (isApproved && !rules.approvable) {
      complain('category', `is ${category}, but ${type} cannot be approved`, 'set it to null');
    }
    const longest = isApproved ? Math.min(rules.longestBody, LONGEST_TEMPLATE_TEXT) : rules.longestBody;
    checkText(`${path}.body`, form['body'], longest, complain);
    rules.check?.(path, form, isApproved, complain);
  }
}

function checkText(path: string, value: unknown, longest: number, complain: Complain): void {
  if (typeof value !== 'string' || value.trim() === '') {
    complain(path, 'is missing', 'add a text');
  } else if (Array.from(value).length > longest) {
    complain(path, `is ${Array.from(value).length} characters long`, `use up to ${longest}`);
  }
}

function checkMedia(path: string, form: Form, _: boolean, complain: Complain): void {
  if (textsIn(form['media'], 'media').length === 0) {
    complain(`${path}.media`, 'is missing', 'add a list with an address');
  }
}

function checkQuickReplies(path: string, form: Form, isApproved: boolean, complain: Complain): void {
  const actions = entries(`${path}.actions`, form['actions'], complain);
  const most = isApproved ? MOST_BUTTONS : MOST_SESSION_BUTTONS;
  if (actions.length > most) {
    const unless = isApproved ? '' : ', or submit it for approval';
    complain(`${path}.actions`, `are ${actions.length}`, `use up to ${most} buttons${unless}`);
  }
  for (const { at, entry } of actions) {
    checkText(`${at}.title`, entry['title'], LONGEST_TITLE, complain);
    checkText(`${at}.id`, entry['id'], LONGEST_ID, complain);
    if (isApproved && placeholdersIn(String(entry['title'])).length > 0) {
      complain(`${at}.title`, 'has a variable', 'an approved button says always the same: write it out');
    }
  }
}

function checkList(path: string, form: Form, _: boolean, complain: Complain): void {
  checkText(`${path}.button`, form['button'], LONGEST_TITLE, complain);
  const items = entries(`${path}.items`, form['items'], complain);
  if (items.length > MOST_ITEMS) {
    complain(`${path}.items`, `are ${items.length}`, `use up to ${MOST_ITEMS}`);
  }
  for (const { at, entry } of items) {
    checkText(`${at}.item`, entry['item'], LONGEST_ITEM, complain);
    checkText(`${at}.id`, entry['id'], LONGEST_ID, complain);
    checkText(`${at}.description`, entry['description'], LONGEST_DESCRIPTION, complain);
  }
}

function checkLinks(path: string, form: Form, _: boolean, complain: Complain): void {
  const actions = entries(`${path}.actions`, form['actions'], complain);
  const links = actions.filter(({ entry }) => entry['type'] === 'URL');
  if (links.length > MOST_LINKS) {
    complain(`${path}.actions`, `hold ${links.length} links`, `use up to ${MOST_LINKS}`);
  }
  for (const { at, entry } of actions) {
    checkText(`${at}.title`, entry['title'], LONGEST_TITLE, complain);
    if (placeholdersIn(String(entry['title'])).length > 0) {
      complain(`${at}.title`, 'has a variable', 'a button says always the same: write it out');
    }
  }
  for (const { at, entry } of links) {
    const address = typeof entry['url'] === 'string' ? entry['url'] : '';
    if (!/^https:\/\/[^{}/]+(\/|$)/.test(address) || /[^/]\{\{/.test(address)) {
      complain(
        `${at}.url`,
        'is no address that WhatsApp takes',
        'write https://host/…, with a variable only after a /',
      );
    }
  }
}

function entries(path: string, value: unknown, complain: Complain): { at: string; entry: Form }[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  if (list.length === 0) {
    complain(path, 'is empty', 'add at least one');
  }
  return list.map((entry, index) => ({
    at: `${path}.${index}`,
    entry: typeof entry === 'object' && entry !== null ? (entry as Form) : {},
  }));
}
