import { type FieldError, formatMoney } from '@app/kernel';
import type { OutboundContent } from '@app/messaging';

/** What a template may tell a recipient of themselves. */
export const recipientFields = ['name', 'last_order_number', 'last_order_total'] as const;

/** One of {@link recipientFields}. */
export type RecipientField = (typeof recipientFields)[number];

/** The same for everybody, or a recipient's own; the fallback is for those who have none. */
export type VariableValue = { text: string } | { field: RecipientField; fallback: string };

/**
 * What a broadcast says. `text` goes only to those whose conversation window is open; a template goes to everybody, and
 * `text` is then its twin for the record, with `{{1}}` where the variable stands.
 */
export type BroadcastContent =
  | { type: 'text'; text: string }
  | {
      type: 'template';
      contentSid: string;
      variables: Readonly<Record<string, VariableValue>>;
      text: string;
    };

/** What is known of a recipient. */
export interface RecipientFacts {
  name: string;
  lastOrder: { number: string; totalMinor: number; currency: string } | null;
}

/** One recipient's message. */
export interface PersonalMessage {
  body: string;
  content: OutboundContent | null;
}

/** Of a template's variable; longer ones make templates that the channel refuses. */
const LONGEST_VALUE = 250;
const LONGEST_BODY = 1_600;
const PLACEHOLDER = /\{\{(\w+)\}\}/g;

/** What is wrong with a content; nothing when every recipient's message will be complete. */
export function checkContent(content: BroadcastContent): FieldError[] {
  if (content.type === 'text') {
    return [];
  }
  const { variables, text } = content;
  const unfilled = [...text.matchAll(PLACEHOLDER)].flatMap(([placeholder, name = '']) =>
    Object.hasOwn(variables, name)
      ? []
      : [{ field: 'content.text', message: `${placeholder} needs a value in content.variables` }],
  );
  const empty = Object.entries(variables).flatMap(([name, value]) =>
    clean('field' in value ? value.fallback : value.text) === ''
      ? [{ field: `content.variables.${name}`, message: 'must not be empty, nor its fallback' }]
      : [],
  );
  return [...unfilled, ...empty];
}

/** A recipient's message; no variable is ever empty. */
export function personalise(content: BroadcastContent, facts: RecipientFacts): PersonalMessage {
  if (content.type === 'text') {
    return { body: content.text, content: null };
  }
  const { contentSid, text } = content;
  const variables = Object.fromEntries(
    Object.entries(content.variables).map(([name, value]) => [name, valueFor(value, facts)]),
  );
  const body = text.replace(PLACEHOLDER, (placeholder, name: string) => variables[name] ?? placeholder);
  return { body: cut(body, LONGEST_BODY), content: { type: 'template', contentSid, variables } };
}

function valueFor(value: VariableValue, facts: RecipientFacts): string {
  if (!('field' in value)) {
    return clean(value.text);
  }
  const own = clean(fieldOf(facts, value.field));
  return own === '' ? clean(value.fallback) : own;
}

function fieldOf({ name, lastOrder }: RecipientFacts, field: RecipientField): string {
  switch (field) {
    case 'name':
      return name;
    case 'last_order_number':
      return lastOrder?.number ?? '';
    case 'last_order_total':
      return lastOrder ? formatMoney(lastOrder.totalMinor, lastOrder.currency) : '';
  }
}

/** A newline, or many spaces, makes WhatsApp refuse the whole message (63013). */
function clean(value: string): string {
  return cut(value.replace(/\s+/g, ' ').trim(), LONGEST_VALUE);
}

/** By code points, as PostgreSQL counts, and so that no letter is halved. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : Array.from(text).slice(0, most).join('');
}
