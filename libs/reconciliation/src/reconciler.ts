import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import { ok, refuse, type Result } from '@app/kernel';
import { Log, maskAddress, Metrics } from '@app/observability';
import type { Hold } from './hold';
import { type Ending, type InboundCounts, InboundReconciler } from './inbound-reconciler';
import { type OutboundCounts, OutboundReconciler } from './outbound-reconciler';
import { type Lease, WatermarksRepository } from './watermarks.repository';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

const PERIOD_MS = 10 * MINUTE_MS;

/** After a pass that found something missing, or could not end: where one message was lost there may be more. */
const DEGRADED_PERIOD_MS = MINUTE_MS;

/** Twilio's list lags behind, by how much is not documented: what is older than the mark by less is compared again. */
const OVERLAP_MS = 2 * MINUTE_MS;

/** By itself it answers nobody who wrote longer ago; staff may ask for more. */
const FURTHEST_BACK_MS = 7 * 24 * 60 * MINUTE_MS;

/** The webhook tells more than the list, so it gets this long. */
const GRACE_MS = 30 * SECOND_MS;

/** A lease is renewed no more often: a call of Twilio may take ten seconds, a lease lasts thirty. */
const RENEW_MS = 5 * SECOND_MS;

/** A callback that did not come in ten minutes, and again after Twilio's own queue has given up. */
const HANGING_AGES = [
  { stream: 'outbound 10m', ageMs: 10 * MINUTE_MS },
  { stream: 'outbound 4h', ageMs: 240 * MINUTE_MS },
] as const;

/** What a pass did. */
export interface ReconciliationReport {
  inbound: InboundCounts;
  outbound: OutboundCounts;
  /** False when the provider could not be asked about everything; `problem` says why. */
  complete: boolean;
  problem: string | null;
}

/** Compares our messages with Twilio's: what no webhook brought is stored, what no callback told is asked for. */
@Injectable()
export class Reconciler implements OnModuleDestroy {
  private stopping = false;
  private opened = false;
  private saidUnlisted = false;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly watermarks: WatermarksRepository,
    private readonly inbound: InboundReconciler,
    private readonly outbound: OutboundReconciler,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(Reconciler.name);
  }

  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** Makes everything due: messages may have been lost while nobody looked. */
  async hasten(): Promise<void> {
    await this.open();
    await this.watermarks.hasten();
  }

  /** Compares what is due and what no other process compares. */
  async runDue(): Promise<void> {
    await this.open();
    const inbound = await this.watermarks.claim(this.inboundStream, { evenIfNotDue: false });
    if (inbound) {
      await this.compareInbound(inbound, null);
    }
    await this.compareOutbound(false);
  }

  /**
   * Compares everything now. Refusal: RECONCILIATION_RUNNING.
   * @param backMs compares at least this far back; otherwise since the mark
   */
  async run(backMs: number | null): Promise<Result<ReconciliationReport>> {
    await this.open();
    const lease = await this.watermarks.claim(this.inboundStream, { evenIfNotDue: true });
    if (!lease) {
      return refuse(
        'RECONCILIATION_RUNNING',
        'another process compares with Twilio now: try again in a minute',
      );
    }
    const { ending, ...inbound } = await this.compareInbound(lease, backMs);
    const outbound = await this.compareOutbound(true);
    return ok({ inbound, outbound, complete: ending.kind === 'complete', problem: problemOf(ending) });
  }

  private async compareInbound(
    lease: Lease,
    backMs: number | null,
  ): Promise<InboundCounts & { ending: Ending }> {
    const { twilioWhatsappFrom: sender } = this.settings;
    const now = Date.now();
    const sinceMark = Math.max(lease.reachedMs - OVERLAP_MS, now - FURTHEST_BACK_MS);
    const span = {
      since: new Date(backMs === null ? sinceMark : Math.min(sinceMark, now - backMs)),
      until: new Date(now - GRACE_MS),
    };
    const compared = await this.inbound.compare(sender, span, this.hold(lease));
    const { ending, ...counts } = compared;
    const degraded = ending.kind === 'unfinished' || counts.recovered > 0 || counts.young > 0;
    await this.watermarks.release(lease, degraded ? DEGRADED_PERIOD_MS : PERIOD_MS);
    this.tell(ending, { ...counts, sender: maskAddress(sender), since: span.since.toISOString() });
    return compared;
  }

  private async compareOutbound(evenIfNotDue: boolean): Promise<OutboundCounts> {
    const total: OutboundCounts = { asked: 0, settled: 0 };
    for (const { stream, ageMs } of HANGING_AGES) {
      const lease = await this.watermarks.claim(stream, { evenIfNotDue });
      if (lease) {
        const { asked, settled } = await this.outbound.compare(lease.reached, ageMs, this.hold(lease));
        await this.watermarks.release(lease, DEGRADED_PERIOD_MS);
        total.asked += asked;
        total.settled += settled;
      }
    }
    if (total.asked > 0) {
      this.log.info({ ...total }, 'Asked Twilio about messages whose status hung');
    }
    return total;
  }

  private hold(lease: Lease): Hold {
    let renewedAt = 0;
    return {
      keep: async (reached) => {
        if (reached === undefined && Date.now() - renewedAt < RENEW_MS) {
          return !this.stopping;
        }
        renewedAt = Date.now();
        return (await this.watermarks.renew(lease, reached ?? null)) && !this.stopping;
      },
    };
  }

  private tell(ending: Ending, line: object): void {
    switch (ending.kind) {
      case 'complete':
        this.metrics.reconciledAt.setToCurrentTime();
        this.log.info(line, "Messages compared with Twilio's list");
        return;
      case 'unfinished':
        this.log.warn({ ...line, error: ending.why }, "Twilio's list was not compared to its end");
        return;
      case 'unlisted':
        if (!this.saidUnlisted) {
          this.saidUnlisted = true;
          this.log.warn(line, 'Twilio does not list messages here: lost webhooks stay lost');
        }
    }
  }

  private async open(): Promise<void> {
    if (!this.opened) {
      await this.watermarks.openInbound(this.inboundStream, this.settings.twilioWhatsappFrom);
      await Promise.all(HANGING_AGES.map(({ stream }) => this.watermarks.openOutbound(stream)));
      this.opened = true;
    }
  }

  private get inboundStream(): string {
    return `inbound ${this.settings.twilioWhatsappFrom}`;
  }
}

function problemOf(ending: Ending): string | null {
  switch (ending.kind) {
    case 'complete':
      return null;
    case 'unlisted':
      return 'Twilio does not list messages here';
    case 'unfinished':
      return ending.why;
  }
}
