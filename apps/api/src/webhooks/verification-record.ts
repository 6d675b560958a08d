import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import type { Verification } from '@app/messaging';
import { Log, Metrics } from '@app/observability';

/** Longer than Twilio repeats anything: an Event Streams sink is retried for four hours. */
const QUIET_MS = 24 * 3_600_000;

/** Counts what signatures were made with, and says when an auth token or a candidate URL has had its time. */
@Injectable()
export class VerificationRecord {
  private readonly lastUsed = new Map<Verification['token'], number>();
  private readonly startedAt = Date.now();
  private retirementTold = false;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(VerificationRecord.name);
    this.warnOfEndedCandidates();
  }

  add({ token, way, origin }: Verification, now = Date.now()): void {
    this.metrics.webhookVerified.inc({ token, way, origin });
    this.metrics.tokenLastUsed.set({ token }, now / 1_000);
    const first = !this.lastUsed.has(token);
    this.lastUsed.set(token, now);
    if (token === 'current') {
      this.retirementTold = false;
    } else if (token === 'next') {
      if (first) {
        this.log.info('Twilio signs with TWILIO_AUTH_TOKEN_NEXT');
      }
      this.tellRetirement(now);
    }
  }

  /** Twilio signs with one token only: once that is the next one, the other has nothing left to verify. */
  private tellRetirement(now: number): void {
    const quietSince = this.lastUsed.get('current') ?? this.startedAt;
    if (!this.retirementTold && now - quietSince >= QUIET_MS) {
      this.retirementTold = true;
      this.log.info(
        { since: new Date(quietSince).toISOString() },
        'TWILIO_AUTH_TOKEN has verified nothing for 24 h while TWILIO_AUTH_TOKEN_NEXT did: put the next one in its place',
      );
    }
  }

  private warnOfEndedCandidates(): void {
    const { webhookUrlCandidates } = this.settings;
    if (webhookUrlCandidates && webhookUrlCandidates.until < this.startedAt) {
      this.log.warn(
        { until: new Date(webhookUrlCandidates.until).toISOString() },
        'WEBHOOK_URL_CANDIDATES has ended: its URLs are not accepted',
      );
    }
  }
}
