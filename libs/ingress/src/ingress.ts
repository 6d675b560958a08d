import { Injectable } from '@nestjs/common';
import { Failpoints } from '@app/failpoints';
import type { InboundSource } from '@app/inbox';
import { Journal } from '@app/journal';
import { within } from '@app/kernel';
import type { DeliveryReport, InboundMessage } from '@app/messaging';
import { Log, Metrics } from '@app/observability';
import { encodeEntry, type Entry, type Stored } from './entry';
import { PATIENCE_MS, PostgresStore } from './postgres-store';
import { Replay } from './replay';

/** With PostgreSQL's patience and a handover before it, 503 is out within 3 s. */
const JOURNAL_PATIENCE_MS = 400;

/** Where an inbound message came from, and the thread that runs through its logs. */
export interface Arrival {
  source: InboundSource;
  correlationId: string;
}

/** What can be stored where at the moment. */
export interface IngressState {
  /** Whether PostgreSQL took the last write. */
  degraded: boolean;
  journal: {
    state: 'idle' | 'filling' | 'replaying' | 'full' | 'unwritable';
    records: number;
    bytes: number;
    oldestSeconds: number;
  };
}

/** The one way in for everything that Twilio tells us: durable when the promise resolves. */
@Injectable()
export class Ingress {
  constructor(
    private readonly postgres: PostgresStore,
    private readonly journal: Journal,
    private readonly replay: Replay,
    private readonly failpoints: Failpoints,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(Ingress.name);
  }

  /**
   * Makes a message durable and rings for a worker. A SID that is known already has no effect.
   * @param params the raw parameters, kept beside the parsed message
   * @throws Error when nothing could store it: the caller must not acknowledge
   */
  message(message: InboundMessage, params: object, arrival: Arrival): Promise<Stored> {
    return this.keep({ kind: 'message', message, params, ...arrival, receivedAt: Date.now() });
  }

  /** Keeps a signed webhook that cannot be used. @throws Error when nothing could store it */
  async quarantine(reason: string, params: object): Promise<void> {
    await this.keep({ kind: 'quarantine', reason, params, receivedAt: Date.now() });
  }

  /** Makes a status report durable; a repeat has no effect. @throws Error when nothing could store it */
  async status(report: DeliveryReport, params: object): Promise<void> {
    await this.keep({ kind: 'report', report, params, receivedAt: Date.now() });
  }

  get state(): IngressState {
    const { trouble, ...backlog } = this.journal.state;
    const { degraded } = this.replay;
    const work = degraded ? 'filling' : backlog.records > 0 ? 'replaying' : 'idle';
    return { degraded, journal: { state: trouble ?? work, ...backlog } };
  }

  /** PostgreSQL, together with what arrives at the same time; else the journal; else refused. */
  private async keep(entry: Entry): Promise<Stored> {
    if (await this.replay.isCaughtUp()) {
      try {
        return await within(PATIENCE_MS, this.postgres.write(entry), 'PostgreSQL did not store it');
      } catch (error) {
        this.replay.suspend(error as Error);
      }
    }
    await within(
      JOURNAL_PATIENCE_MS,
      this.journal.append(encodeEntry(entry)),
      'the journal did not store it',
    );
    this.failpoints.reach('journal.after_write');
    this.metrics.journalRecords.inc({ kind: entry.kind });
    return { repeated: false };
  }
}
