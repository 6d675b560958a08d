import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import type { Verification } from '@app/messaging';
import { Log, maskAccount, Metrics } from '@app/observability';

/** Longer than Twilio repeats anything: an Event Streams sink is retried for four hours. */
const QUIET_MS = 24 * 3_600_000;

/** When the tokens of one account were last used. */
interface TokenUse {
  current?: number;
  next?: number;
  retirementTold: boolean;
}

/** Counts what signatures were made with, and says when an auth token or a candidate URL has had its time. */
@Injectable()
export class VerificationRecord {
  private readonly uses = new Map<string, TokenUse>();
  private readonly startedAt = Date.now();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(VerificationRecord.name);
    this.warnOfEndedCandidates();
  }

  add({ account: sid, token, way, origin }: Verification, now = Date.now()): void {
    const account = sid === null ? '' : maskAccount(sid);
    this.metrics.webhookVerified.inc({ token, way, origin, account });
    this.metrics.tokenLastUsed.set({ token, account }, now / 1_000);
    if (sid === null || token === 'unchecked') {
      return;
    }
    const use = this.uses.get(sid) ?? { retirementTold: false };
    this.uses.set(sid, use);
    const first = use[token] === undefined;
    use[token] = now;
    if (token === 'current') {
      use.retirementTold = false;
      return;
    }
    if (first) {
      this.log.info({ account }, 'Twilio signs with the next auth token');
    }
    this.tellRetirement(account, use, now);
  }

  /** Twilio signs with one token only: once that is the next one, the other has nothing left to verify. */
  private tellRetirement(account: string, use: TokenUse, now: number): void {
    const quietSince = use.current ?? this.startedAt;
    if (!use.retirementTold && now - quietSince >= QUIET_MS) {
      use.retirementTold = true;
      this.log.info(
        { account, since: new Date(quietSince).toISOString() },
        'The auth token has verified nothing for 24 h while the next one did: put the next one in its place',
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
