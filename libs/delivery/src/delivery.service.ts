import { Injectable } from '@nestjs/common';
import { Log, maskAddress, Metrics } from '@app/observability';
import { ErrorConsequences, type FailedDelivery } from '@app/outbox';
import { type ArrivedReport, type FreshReport, ReportRepository } from './report.repository';

/** Keeps every status report once and folds it into its message. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly reports: ReportRepository,
    private readonly consequences: ErrorConsequences,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(DeliveryService.name);
  }

  /**
   * Stores a group of reports in one commit, all or nothing, and moves their messages on; a repeat has no effect. Reports
   * may arrive late, twice, out of order, or before our own row knows its SID.
   * @throws Error of PostgreSQL
   */
  async record(group: readonly ArrivedReport[]): Promise<void> {
    const fresh = await this.reports.record(group);
    for (const { sid, status, address, correlationId } of fresh) {
      this.log.debug(
        { message_sid: sid, phone: maskAddress(address), status, correlationId },
        'Status reported by Twilio',
      );
    }
    this.metrics.windowClosed.inc({ outcome: 'repaired' }, fresh.filter(({ repaired }) => repaired).length);
    this.metrics.outboundDuplicates.inc(
      new Set(fresh.filter(({ duplicate }) => duplicate).map(({ sid }) => sid)).size,
    );
    const resolved = new Set(fresh.flatMap(({ resolved: id }) => (id === null ? [] : [id])));
    this.metrics.uncertainResolved.inc({ by: 'callback' }, resolved.size);
    await this.consequences.reported(fresh.flatMap(failureOf));
  }
}

function failureOf({ messageId, sender, address, status, errorCode }: FreshReport): FailedDelivery[] {
  const hasFailed = status === 'failed' || status === 'undelivered';
  return hasFailed && errorCode !== null ? [{ messageId, sender, address, code: errorCode }] : [];
}
