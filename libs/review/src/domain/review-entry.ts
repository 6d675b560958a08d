/** Why something is to be looked at: nothing was understood, a part of it was not, the shopper put it right, staff said so. */
export const reviewKinds = ['not_understood', 'unclear', 'corrected', 'reported'] as const;
export type ReviewKind = (typeof reviewKinds)[number];

/** What became of it: an alias of a product, a line of the shop's corpus, nothing. */
export const reviewStatuses = ['open', 'alias', 'corpus', 'dismissed'] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];

/** A message that the interpreter should have understood better. */
export interface Misheard {
  kind: ReviewKind;
  /** As it was written: it is redacted before it is stored. */
  text: string;
  /** The shopper's language. */
  language: string;
  /** What it was taken to mean. */
  meaning: object;
}

export interface ReviewEntry extends Misheard {
  id: string;
  /** How often the same was written while the entry was open. */
  seen: number;
  firstAt: Date;
  lastAt: Date;
  status: ReviewStatus;
  /** The right answer, where it became a line of the corpus. */
  expected: object | null;
}

/** A line of the shop's own corpus, in the form that `pasal interpret` and its scorer read. */
export interface CorpusLine {
  id: string;
  lang: string;
  text: string;
  expect: object;
}

export interface ReviewPage {
  items: readonly ReviewEntry[];
  nextCursor: string | null;
}
