import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Senders } from '@app/config';
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

const ANOTHER_COMPARES = 'another process compares with Twilio now';

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
  private readonly saidUnlisted = new Set<string>();

  constructor(
    private readonly senders: Senders,
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
    for (const { address } of this.senders.all) {
      const lease = await this.watermarks.claim(streamOf(address), { evenIfNotDue: false });
      if (lease) {
        await this.compareInbound(address, lease, null);
      }
    }
    await this.compareOutbound(false);
  }

  /**
   * Compares everything now. Refusal: RECONCILIATION_RUNNING.
   * @param backMs compares at least this far back; otherwise since the mark
   */
  async run(backMs: number | null): Promise<Result<ReconciliationReport>> {
    await this.open();
    const inbound: InboundCounts = { listed: 0, recovered: 0, young: 0, unusable: 0 };
    const problems: string[] = [];
    for (const { address } of this.senders.all) {
      const lease = await this.watermarks.claim(streamOf(address), { evenIfNotDue: true });
      if (!lease) {
        problems.push(ANOTHER_COMPARES);
        continue;
      }
      const { ending, ...counts } = await this.compareInbound(address, lease, backMs);
      for (const name of Object.keys(inbound) as (keyof InboundCounts)[]) {
        inbound[name] += counts[name];
      }
      problems.push(...problemsOf(ending));
    }
    if (problems.length > 0 && problems.every((problem) => problem === ANOTHER_COMPARES)) {
      return refuse('RECONCILIATION_RUNNING', `${ANOTHER_COMPARES}: try again in a minute`);
    }
    const outbound = await this.compareOutbound(true);
    const problem = problems.length > 0 ? [...new Set(problems)].join('; ') : null;
    return ok({ inbound, outbound, complete: problem === null, problem });
  }

  private async compareInbound(
    sender: string,
    lease: Lease,
    backMs: number | null,
  ): Promise<InboundCounts & { ending: Ending }> {
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
    this.tell(sender, ending, { ...counts, sender: maskAddress(sender), since: span.since.toISOString() });
    return compared;
  }

  private async compareOutbound(evenIfNotDue: boolean): Promise<OutboundCounts> {
    const total: OutboundCounts = { asked: 0, settled: 0 };
    for (const { sender, stream, ageMs } of this.hangingStreams()) {
      const lease = await this.watermarks.claim(stream, { evenIfNotDue });
      if (lease) {
        const { asked, settled } = await this.outbound.compare(
          sender,
          lease.reached,
          ageMs,
          this.hold(lease),
        );
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

  private tell(sender: string, ending: Ending, line: object): void {
    switch (ending.kind) {
      case 'complete':
        this.metrics.reconciledAt.setToCurrentTime();
        this.log.info(line, "Messages compared with Twilio's list");
        return;
      case 'unfinished':
        this.log.warn({ ...line, error: ending.why }, "Twilio's list was not compared to its end");
        return;
      case 'unlisted':
        if (!this.saidUnlisted.has(sender)) {
          this.saidUnlisted.add(sender);
          this.log.warn(line, 'Twilio does not list messages here: lost webhooks stay lost');
        }
    }
  }

  private async open(): Promise<void> {
    if (!this.opened) {
      await Promise.all(
        this.senders.all.map(({ address }) => this.watermarks.openInbound(streamOf(address), address)),
      );
      await Promise.all(this.hangingStreams().map(({ stream }) => this.watermarks.openOutbound(stream)));
      this.opened = true;
    }
  }

  private hangingStreams(): { sender: string; stream: string; ageMs: number }[] {
    return this.senders.all.flatMap(({ address: sender }) =>
      HANGING_AGES.map(({ stream, ageMs }) => ({ sender, stream: `${stream} ${sender}`, ageMs })),
    );
  }
}

/** Each sender is compared by itself: where one's account does not answer, the others go on. */
const streamOf = (sender: string): string => `inbound ${sender}`;

function problemsOf(ending: Ending): string[] {
  switch (ending.kind) {
    case 'complete':
      return [];
    case 'unlisted':
      return ['Twilio does not list messages here'];
    case 'unfinished':
      return [ending.why];
  }
}
