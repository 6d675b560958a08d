import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import { redact } from './domain/redact';
import type {
  CorpusLine,
  Misheard,
  ReviewEntry,
  ReviewKind,
  ReviewPage,
  ReviewStatus,
} from './domain/review-entry';
import { ReviewRepository } from './review.repository';

const BIGINT = /^\d{1,18}$/;

/** What the interpreter did not understand, or got wrong: from it come the shop's aliases and its own corpus. */
@Injectable()
export class ReviewList {
  constructor(
    private readonly database: Database,
    private readonly entries: ReviewRepository,
  ) {}

  /** Keeps misunderstandings, redacted; the same again is counted. Beside any transaction: a turn must not wait for it. */
  async note(misheard: readonly Misheard[]): Promise<void> {
    const redacted = misheard
      .map((one) => ({ ...one, text: redact(one.text) }))
      .filter(({ text }) => text !== '');
    if (redacted.length > 0) {
      await this.entries.note(this.database.pool, redacted);
    }
  }

  /** A page, newest first. `after` is the `nextCursor` of the page before. */
  async list(query: {
    after?: string | undefined;
    limit: number;
    status?: ReviewStatus | undefined;
    kind?: ReviewKind | undefined;
  }): Promise<ReviewPage> {
    const { after = null, limit, status = null, kind = null } = query;
    const found = await this.entries.page(this.database.reports, {
      before: after,
      status,
      kind,
      limit: limit + 1,
    });
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /**
   * Ends an entry.
   * @param expected the right answer; given exactly for a line of the corpus
   * Refuses with REVIEW_ENTRY_NOT_FOUND or REVIEW_ENTRY_SETTLED.
   */
  async settle(
    tx: Tx,
    id: string,
    status: Exclude<ReviewStatus, 'open'>,
    expected: object | null = null,
  ): Promise<Result<ReviewEntry>> {
    const entry = BIGINT.test(id) ? await this.entries.lock(tx, id) : undefined;
    if (!entry) {
      return refuse('REVIEW_ENTRY_NOT_FOUND', `The review list has no entry ${id}.`);
    }
    return entry.status === 'open'
      ? ok(await this.entries.settle(tx, id, status, expected))
      : refuse('REVIEW_ENTRY_SETTLED', `The entry ${id} is settled already: ${entry.status}.`);
  }
}

/** An entry that became a line of the corpus. */
export function toCorpusLine({ id, language, text, expected }: ReviewEntry): CorpusLine {
  return { id: `review-${id}`, lang: language, text, expect: expected ?? {} };
}
