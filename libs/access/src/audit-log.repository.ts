import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { AuditAction, AuditEntry, AuditRecord } from './domain/audit-entry';

@Injectable()
export class AuditLogRepository {
  async append(tx: Tx, record: AuditRecord): Promise<void> {
    const { by, action, target, before, after, reason } = record;
    await tx.query(
      `INSERT INTO audit_log
         (user_id, user_email, action, target_type, target_id, before, after, reason, correlation_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [by.id, by.email, action, target.type, target.id, before, after, reason, by.correlationId],
    );
  }

  /** Newest first, older than `before`. */
  page(
    tx: Tx,
    query: {
      before: string | null;
      limit: number;
      action: AuditAction | null;
      targetType: string | null;
      targetId: string | null;
    },
  ): Promise<AuditEntry[]> {
    const { before, limit, action, targetType, targetId } = query;
    return queryRows<AuditEntry>(
      tx,
      `SELECT id, at, json_build_object('id', user_id::text, 'email', user_email) AS by, action,
              json_build_object('type', target_type, 'id', target_id) AS target,
              before, after, reason, correlation_id AS "correlationId"
       FROM audit_log
       WHERE ($1::bigint IS NULL OR id < $1) AND ($2::text IS NULL OR action = $2)
         AND ($3::text IS NULL OR target_type = $3) AND ($4::text IS NULL OR target_id = $4)
       ORDER BY id DESC LIMIT $5`,
      [before, action, targetType, targetId, limit],
    );
  }
}
