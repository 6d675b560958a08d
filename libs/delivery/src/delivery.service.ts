import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import type { DeliveryReport } from '@app/messaging';
import { Log, maskAddress, Metrics } from '@app/observability';
import { DeliveryRepository } from './delivery.repository';
import { foldStatus } from './domain/fold-status';

/** Keeps every status report once and folds it into its message. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly database: Database,
    private readonly delivery: DeliveryRepository,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(DeliveryService.name);
  }

  /**
   * Stores a report and moves its message on; a repeat has no effect. Reports may arrive late, twice, out of order, or
   * before our own row knows its SID.
   * @param params the raw callback
   */
  record(report: DeliveryReport, params: object): Promise<void> {
    return this.database.transaction(async (tx) => {
      const message = await this.delivery.lockMessage(tx, report);
      const fresh = await this.delivery.append(tx, report, message?.id ?? null, params);
      if (!fresh || !message) {
        return;
      }
      const { address, correlationId } = message;
      this.log.debug(
        { message_sid: report.sid, phone: maskAddress(address), status: report.status, correlationId },
        'Status reported by Twilio',
      );
      if (message.sid !== null && message.sid !== report.sid) {
        // Two SIDs for one row: the shopper got it twice. The first one keeps the row's history.
        if (await this.delivery.learnSid(tx, message.id, report.sid)) {
          this.metrics.outboundDuplicates.inc();
        }
        return;
      }
      await this.delivery.update(tx, message.id, foldStatus(message.status, report.status), report);
    });
  }
}
