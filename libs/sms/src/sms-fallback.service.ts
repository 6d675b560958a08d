import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import { Database } from '@app/database';
import { Log, Metrics } from '@app/observability';
import { OutboxService, QuietSenders } from '@app/outbox';
import { smsText } from './domain/sms-text';
import { segmentsOf } from './segments';
import { SmsFallbackRepository } from './sms-fallback.repository';

const MOST_AT_ONCE = 100;

/** Says by SMS, once, what WhatsApp could not bring to a shopper who agreed to that. */
@Injectable()
export class SmsFallback {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly repository: SmsFallbackRepository,
    private readonly outbox: OutboxService,
    private readonly quietSenders: QuietSenders,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(SmsFallback.name);
  }

  /** Queues the SMS that are due, exactly once however many workers do so. Without a number for SMS there are none. */
  async sendDue(): Promise<void> {
    const { twilioSmsFrom, smsFallbackAfterMinutes } = this.settings;
    if (twilioSmsFrom === undefined) {
      return;
    }
    const { pool } = this.database;
    const due = await this.repository.due(
      pool,
      twilioSmsFrom,
      this.quietSenders.now(),
      smsFallbackAfterMinutes,
      MOST_AT_ONCE,
    );
    if (due.length === 0) {
      return;
    }
    const drafts = due.map(({ id, body, content }) => {
      const text = smsText(body, content);
      return { insteadOf: id, body: text, segments: segmentsOf(text) };
    });
    const written = await this.repository.write(pool, twilioSmsFrom, drafts);
    this.metrics.smsFallbacks.inc(written.length);
    for (const { id, conversationId, correlationId } of written) {
      this.log.info({ message_id: id, correlationId }, 'An SMS says what WhatsApp could not bring');
      await this.outbox.ring(conversationId, id);
    }
  }
}
