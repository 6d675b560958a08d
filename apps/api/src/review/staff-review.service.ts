import { Injectable } from '@nestjs/common';
import { AuditLog, type Staff } from '@app/access';
import { ProductsService } from '@app/catalog';
import { Database, type Tx } from '@app/database';
import { InboxService } from '@app/inbox';
import { ok, refuse, type Result } from '@app/kernel';
import { type CorpusLine, type ReviewEntry, ReviewList, toCorpusLine } from '@app/review';

/** What staff make of the review list, and the record of it: one transaction. */
@Injectable()
export class StaffReviewService {
  constructor(
    private readonly database: Database,
    private readonly inbox: InboxService,
    private readonly products: ProductsService,
    private readonly review: ReviewList,
    private readonly audit: AuditLog,
  ) {}

  /** Puts a shopper's message on the list. Refuses with MESSAGE_NOT_FOUND, also for a message without words. */
  async report(messageId: string, by: Staff): Promise<Result<null>> {
    const message = await this.inbox.find(messageId);
    if (!message || message.text.trim() === '') {
      return refuse('MESSAGE_NOT_FOUND', `No shopper's message in words has the id ${messageId}.`);
    }
    await this.database.transaction(async (tx) => {
      const target = { type: 'message', id: message.id };
      await this.audit.record(tx, { by, action: 'review.report', target });
    });
    await this.review.note([{ kind: 'reported', text: message.text, language: 'und', meaning: {} }]);
    return ok(null);
  }

  /**
   * Teaches a product a name. Refuses with REVIEW_ENTRY_NOT_FOUND, REVIEW_ENTRY_SETTLED, PRODUCT_NOT_FOUND,
   * REVIEW_ALIAS_TAKEN.
   */
  makeAlias(id: string, sku: string, alias: string, by: Staff): Promise<Result<ReviewEntry>> {
    return this.database.transaction(async (tx) => {
      const product = (await this.products.bySku(tx, [sku])).get(sku);
      if (!product) {
        return refuse('PRODUCT_NOT_FOUND', `No product has the SKU "${sku}".`);
      }
      if (product.aliases.includes(alias)) {
        return refuse('REVIEW_ALIAS_TAKEN', `"${product.name}" has the alias "${alias}" already.`);
      }
      const settled = await this.settle(tx, id, {
        action: 'review.alias',
        by,
        after: { status: 'alias', sku },
      });
      if (!settled.ok) {
        return settled;
      }
      const changed = await this.products.change(tx, product.id, { aliases: [...product.aliases, alias] });
      return changed.ok ? settled : changed;
    });
  }

  /** Keeps the entry with its right answer. Refuses with REVIEW_ENTRY_NOT_FOUND or REVIEW_ENTRY_SETTLED. */
  async makeCorpusLine(id: string, expect: object, by: Staff): Promise<Result<CorpusLine>> {
    const settled = await this.database.transaction((tx) =>
      this.settle(tx, id, { action: 'review.corpus_line', by, after: { status: 'corpus' }, expect }),
    );
    return settled.ok ? ok(toCorpusLine(settled.value)) : settled;
  }

  /** Refuses with REVIEW_ENTRY_NOT_FOUND or REVIEW_ENTRY_SETTLED. */
  dismiss(id: string, by: Staff): Promise<Result<ReviewEntry>> {
    return this.database.transaction((tx) =>
      this.settle(tx, id, { action: 'review.dismiss', by, after: { status: 'dismissed' } }),
    );
  }

  private async settle(
    tx: Tx,
    id: string,
    change: {
      action: 'review.alias' | 'review.corpus_line' | 'review.dismiss';
      by: Staff;
      after: { status: 'alias' | 'corpus' | 'dismissed'; sku?: string };
      expect?: object;
    },
  ): Promise<Result<ReviewEntry>> {
    const { action, by, after, expect = null } = change;
    const settled = await this.review.settle(tx, id, after.status, expect);
    if (settled.ok) {
      const target = { type: 'review_entry', id };
      await this.audit.record(tx, { by, action, target, before: { status: 'open' }, after });
    }
    return settled;
  }
}
