import type { OutboundContent } from '@app/messaging';
import type { BoundTopic } from './domain/template-file';

/** A template as it was last synchronised. */
export interface Template {
  contentSid: string;
  /** SID of the account that has it. */
  account: string;
  name: string;
  language: string;
  topic: BoundTopic | null;
  category: string | null;
  approval: string;
  rejectionReason: string | null;
  body: string;
  /** Which field fills each variable. */
  variables: Readonly<Record<string, string>>;
  createdAt: Date;
  syncedAt: Date;
}

/** A template that says what a text says, with every variable, ready to send. */
export interface TemplateInPlace {
  content: Extract<OutboundContent, { type: 'template' }>;
  /** What the shopper reads. */
  body: string;
}

/** What a synchronisation found. */
export interface SyncReport {
  templates: number;
  approved: number;
  /** Of these, how many stand in for a kind of message. */
  bound: number;
}

/** What became of one template file. `differs`: Twilio has another text under this name; change the name. */
export interface CreateOutcome {
  /** SID of the account that has it now. */
  account: string;
  name: string;
  language: string;
  outcome: 'created' | 'exists' | 'differs';
  contentSid: string;
  /** Of the request for approval; null where none is needed. */
  approval: string | null;
}
