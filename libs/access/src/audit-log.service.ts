import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@app/database';
import { AuditLogRepository } from './audit-log.repository';
import type { AuditAction, AuditPage, AuditRecord } from './domain/audit-entry';

/** Who of the staff changed what, when, and why. Entries are never changed and never deleted. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly database: Database,
    private readonly entries: AuditLogRepository,
  ) {}

  /** Records a change in the transaction that makes it: neither is committed without the other. */
  record(tx: Tx, change: AuditRecord): Promise<void> {
    return this.entries.append(tx, change);
  }

  /** A page, newest first. `after` is the `nextCursor` of the page before. */
  async list(query: {
    after?: string | undefined;
    limit: number;
    action?: AuditAction | undefined;
    targetType?: string | undefined;
    targetId?: string | undefined;
  }): Promise<AuditPage> {
    const { after, limit, action, targetType, targetId } = query;
    const found = await this.entries.page(this.database.reports, {
      before: after ?? null,
      limit: limit + 1,
      action: action ?? null,
      targetType: targetType ?? null,
      targetId: targetId ?? null,
    });
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }
}
