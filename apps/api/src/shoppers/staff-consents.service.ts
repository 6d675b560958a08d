import { Injectable } from '@nestjs/common';
import { AuditLog, type Staff } from '@app/access';
import { Database } from '@app/database';
import type { Result } from '@app/kernel';
import {
  ConsentsService,
  type ConsentState,
  type ConsentTopic,
  type ShopperWithHistory,
} from '@app/shoppers';

/** What shoppers tell staff about consent, and the record of it: one transaction. */
@Injectable()
export class StaffConsentsService {
  constructor(
    private readonly database: Database,
    private readonly consents: ConsentsService,
    private readonly audit: AuditLog,
  ) {}

  /** Refuses with SHOPPER_NOT_FOUND, SHOPPER_OPTED_OUT, CONSENT_WITHDRAWN_BY_SHOPPER. */
  async record(
    shopperId: string,
    change: { topic: ConsentTopic; state: ConsentState; reason: string },
    by: Staff,
  ): Promise<Result<ShopperWithHistory>> {
    const { topic, state, reason } = change;
    const recorded = await this.database.transaction(async (tx) => {
      const result = await this.consents.recordForStaff(tx, shopperId, topic, state);
      if (result.ok) {
        await this.audit.record(tx, {
          by,
          action: 'shopper.consent',
          target: { type: 'shopper', id: shopperId },
          before: { topic, state: result.value.before },
          after: { topic, state },
          reason,
        });
      }
      return result;
    });
    return recorded.ok ? this.consents.read(shopperId) : recorded;
  }
}
