import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { Database } from '@app/database';
import { within } from '@app/kernel';
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
  ) {}

  /** The first thing that happens on a stop: no new work is routed here. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  process(): HealthIndicatorResult {
    const check = this.indicators.check('process');
    return this.stopping ? check.down({ message: 'stopping' }) : check.up();
  }

  async postgres(): Promise<HealthIndicatorResult> {
    const check = this.indicators.check('database');
    try {
      await within(DEADLINE_MS, this.database.pool.query('SELECT 1'), 'no answer');
      return check.up();
    } catch (error) {
      return check.down({ message: (error as Error).message });
    }
  }

  /** Without the queue work is found by the sweeper: slower, and nothing is lost. */
  async hints(): Promise<HealthIndicatorResult> {
    const check = this.indicators.check('queue');
    const { backend } = this.queue;
    try {
      await this.queue.read();
      return check.up({ backend });
    } catch {
      return check.up({ backend, degraded: true });
    }
  }
}
