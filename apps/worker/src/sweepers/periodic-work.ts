import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { BroadcastFeeder } from '@app/broadcasts';
import { OrderNotifications } from '@app/fulfilment';
import { Log } from '@app/observability';
import { UncertainReconciler } from '@app/reconciliation';
import { SmsCosts, SmsFallback } from '@app/sms';
import { TemplatesService } from '@app/templates';
import { repeat, type Repeating } from './repeat';

const SECOND_MS = 1_000;

/** Whom WhatsApp did not reach in minutes does not notice seconds, and each look reads all that is undelivered. */
const SMS_EVERY_MS = 3 * SECOND_MS;
const PRICES_EVERY_MS = 30 * SECOND_MS;

/** Approval takes minutes to days, and is taken back within minutes; Twilio does not tell by itself. */
const TEMPLATES_EVERY_MS = 10 * 60 * SECOND_MS;

/** What a worker does again and again beside its queue: each by itself, never twice at once. */
@Injectable()
export class PeriodicWork implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private repeating: readonly Repeating[] = [];

  constructor(
    private readonly doubts: UncertainReconciler,
    private readonly notifications: OrderNotifications,
    private readonly broadcasts: BroadcastFeeder,
    private readonly templates: TemplatesService,
    private readonly smsFallback: SmsFallback,
    private readonly smsCosts: SmsCosts,
    private readonly log: Log,
  ) {
    log.setContext(PeriodicWork.name);
  }

  onApplicationBootstrap(): void {
    this.repeating = [
      this.every(SECOND_MS, 'Uncertain messages were not looked for', () => this.doubts.lookForDue()),
      this.every(SECOND_MS, 'News of orders was not sent', () => this.notifications.sendDue()),
      // What a broadcast hands to the outbox needs no hint: the sweeper finds and sends it.
      this.every(SECOND_MS, 'Broadcasts were not served', () => this.broadcasts.pass()),
      this.every(SMS_EVERY_MS, 'SMS were not written', () => this.smsFallback.sendDue()),
      this.every(PRICES_EVERY_MS, 'Prices of SMS were not asked for', () => this.smsCosts.askPrices()),
      this.every(TEMPLATES_EVERY_MS, 'Templates were not synchronised', () => this.syncTemplates()),
    ];
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.repeating.map((work) => work.stop()));
  }

  private every(periodMs: number, failed: string, work: () => Promise<void>): Repeating {
    return repeat(periodMs, work, (error) => {
      this.log.warn({ error: error.message }, `${failed}; the next pass follows`);
    });
  }

  /** An API without templates breaks nothing. */
  private async syncTemplates(): Promise<void> {
    const synced = await this.templates.sync();
    if (!synced.ok) {
      this.log.debug({ error: synced.refusal.detail }, 'Templates could not be synchronised');
    }
  }
}
