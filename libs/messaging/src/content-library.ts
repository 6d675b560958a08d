import type { Asked } from './message-archive';

/** What a template may be about, as WhatsApp sorts and prices it. */
export type ContentCategory = 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';

/** A message form that the provider keeps: text with variables, buttons, lists. */
export interface ContentForm {
  name: string;
  /** As WhatsApp names it: `en`, `en_US`. */
  language: string;
  /** Forms of the same message; the channel shows the richest that it knows. */
  types: Readonly<Record<string, unknown>>;
  /** A sample for each variable. */
  samples: Readonly<Record<string, string>>;
}

/** A form as the provider has it. */
export interface ContentResource extends ContentForm {
  sid: string;
  createdAt: Date;
  category: string | null;
  /** `approved` may open a conversation; `unsubmitted` only answers in one; the rest waits or was refused. */
  approval: string;
  rejectionReason: string | null;
}

/** The provider's message forms, which belong to one of our accounts each. Never throws. */
export interface ContentLibrary {
  /** Every form with its approval. */
  list(account: string): Promise<Asked<readonly ContentResource[]>>;

  /** Returns the new form's SID. */
  create(account: string, form: ContentForm): Promise<Asked<string>>;

  /** Asks for WhatsApp's approval; a name that was refused can't be used again. Returns the state of the request. */
  submit(account: string, sid: string, name: string, category: ContentCategory): Promise<Asked<string>>;
}

/** Injection token of {@link ContentLibrary}. */
export const CONTENT_LIBRARY = Symbol('CONTENT_LIBRARY');
