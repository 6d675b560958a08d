import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { Database } from '@app/database';
import { Ingress } from '@app/ingress';
import { within } from '@app/kernel';
import { SenderStops } from '@app/outbox';
import { QueueMonitor } from '@app/queue';

/** A probe that waits longer than this tells nothing any more. */
const DEADLINE_MS = 1_500;

/** States of what the process leans on. Only what stops it from storing messages makes it unready. */
@Injectable()
export class DependencyHealth implements OnModuleDestroy {
  private stopping = false;

  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly database: Database,
    private readonly queue: QueueMonitor,
    private readonly ingress: Ingress,
    private readonly stops: SenderStops,
  ) {}

  /** The first thing that happens on a stop: no new work is routed here. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  process(): HealthIndicatorResult {
    const check = this.indicators.check('process');
    return this.stopping ? check.down({ message: 'stopping' }) : check.up();
  }

  /** Without PostgreSQL messages go to the journal: they are answered later, and none is lost. */
  async postgres(): Promise<HealthIndicatorResult> {
    const check = this.indicators.check('database');
    const { degraded, journal } = this.ingress.state;
    try {
      await within(DEADLINE_MS, this.database.pool.query('SELECT 1'), 'no answer');
      return degraded ? check.up({ degraded, message: 'takes no messages' }) : check.up();
    } catch (error) {
      const { message } = error as Error;
      const stored = journal.state !== 'full' && journal.state !== 'unwritable';
      return stored ? check.up({ degraded: true, message }) : check.down({ message });
    }
  }

  /** Without the journal messages are stored as long as PostgreSQL takes them. */
  journal(): HealthIndicatorResult {
    const { state, ...backlog } = this.ingress.state.journal;
    const degraded = state !== 'idle';
    return this.indicators.check('journal').up({ ...(degraded && { degraded }), state, ...backlog });
  }

  /** Without the queue work is found by the sweeper: slower, and nothing is lost. */
  async hints(): Promise<HealthIndicatorResult> {
    const check = this.indicators.check('queue');
    const { backend } = this.queue;
    const reason = await this.queue.weakness();
    return reason === undefined ? check.up({ backend }) : check.up({ backend, degraded: true, reason });
  }

  /** A stopped sender accepts messages as ever; its replies wait until staff resume it. */
  async senders(): Promise<HealthIndicatorResult> {
    const check = this.indicators.check('senders');
    try {
      const stops = await within(DEADLINE_MS, this.stops.inForce(), 'no answer');
      const stopped = stops.map(({ sender, code, stoppedAt }) => ({ sender, code, stoppedAt }));
      return stopped.length === 0 ? check.up() : check.up({ degraded: true, stopped });
    } catch {
      // The database is away, which its own line tells.
      return check.up();
    }
  }
}
