import { Inject, Injectable } from '@nestjs/common';
import { Ingress } from '@app/ingress';
import { type DeliveryReport, MESSAGE_ARCHIVE, type MessageArchive } from '@app/messaging';
import { Log } from '@app/observability';
import { ComparedRepository } from './compared.repository';
import type { Hold } from './hold';

/** Asked in one pass; the next one goes on behind them. */
const MOST_ASKED = 100;

const SETTLED = new Set(['delivered', 'read', 'failed', 'undelivered', 'canceled']);

/** What asking about our own messages brought. */
export interface OutboundCounts {
  /** Messages of ours that Twilio was asked about. */
  asked: number;
  /** Of which the answer was final. */
  settled: number;
}

/** Asks Twilio about messages whose status callback does not come, and records the answer as if it had. */
@Injectable()
export class OutboundReconciler {
  constructor(
    @Inject(MESSAGE_ARCHIVE) private readonly archive: MessageArchive,
    private readonly compared: ComparedRepository,
    private readonly ingress: Ingress,
    private readonly log: Log,
  ) {
    log.setContext(OutboundReconciler.name);
  }

  /** @param reached the mark: what was accepted until then was asked for at this age */
  async compare(sender: string, reached: string, ageMs: number, hold: Hold): Promise<OutboundCounts> {
    const counts: OutboundCounts = { asked: 0, settled: 0 };
    const hanging = await this.compared.hanging(sender, reached, ageMs, MOST_ASKED);
    for (const { id, sid, acceptedAt } of hanging) {
      const asked = await this.archive.report(sender, sid, id);
      if (asked.kind === 'unavailable') {
        this.log.warn(
          { error: asked.message },
          'Twilio could not be asked about a message; the next pass goes on',
        );
        return counts;
      }
      counts.asked += 1;
      if (asked.kind === 'found') {
        await this.record(asked.value, counts);
      }
      if (!(await hold.keep(acceptedAt))) {
        return counts;
      }
    }
    return counts;
  }

  private async record(report: DeliveryReport, counts: OutboundCounts): Promise<void> {
    await this.ingress.status(report, { source: 'reconcile' });
    counts.settled += Number(SETTLED.has(report.status));
  }
}
