import type { ContentCategory } from '@app/messaging';

/** Kinds of message that a template may stand in for. A reply has none: it answers somebody who has just written. */
export const boundTopics = ['staff', 'order', 'broadcast'] as const;

export type BoundTopic = (typeof boundTopics)[number];

/** What a message of a topic can tell: a template's variables take their values from these. */
export const fieldsOf = {
  staff: ['shop', 'text'],
  order: ['shop', 'order_number', 'order_status', 'order_total'],
  broadcast: ['shop', 'text'],
} as const satisfies Readonly<Record<BoundTopic, readonly string[]>>;

/** Values for every field of a topic. */
export type Fields<Topic extends BoundTopic = BoundTopic> = Readonly<
  Record<(typeof fieldsOf)[Topic][number], string>
>;

export const categories = [
  'UTILITY',
  'MARKETING',
  'AUTHENTICATION',
] as const satisfies readonly ContentCategory[];

export interface TemplateVariable {
  /** What it is filled with. */
  field: string;
  /** An example for those who approve. */
  sample: string;
}

/** A template as it is written in the project. */
export interface TemplateFile {
  name: string;
  language: string;
  /** Null: only for answers inside the conversation window, which need no approval. */
  category: ContentCategory | null;
  /** The kind of message that it stands in for outside the window. */
  topic: BoundTopic | null;
  variables: Readonly<Record<string, TemplateVariable>>;
  types: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Something wrong with a template: where it is, what it is, what to do. */
export interface Finding {
  file: string;
  /** Such as `types.twilio/text.body`. */
  field: string;
  problem: string;
  fix: string;
}
