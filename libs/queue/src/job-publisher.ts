import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { within } from '@app/kernel';
import { Log, Metrics } from '@app/observability';
import { type JobName, type JobPayload, jobs } from './jobs';

const BUDGET_MS = 200;
const LOG_EVERY_MS = 10_000;

export interface PublishOptions {
  /** Deduplicates: an add whose id the queue still holds is ignored. Never a conversation's id, which would strand messages. */
  id: string;
  delayMs?: number;
}

/** Rings for a worker. Never throws and never waits longer than its budget: the row is the truth, the job a hint. */
@Injectable()
export class JobPublisher implements OnModuleInit {
  private loggedAt = 0;

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(JobPublisher.name);
  }

  onModuleInit(): void {
    for (const name of Object.keys(jobs) as JobName[]) {
      // An outage of the queue shows as lost hints; without a listener it would end the process.
      this.queue(name).on('error', (error) => {
        this.complain(error);
      });
    }
  }

  async publish<Name extends JobName>(
    name: Name,
    payload: JobPayload<Name>,
    options: PublishOptions,
  ): Promise<void> {
    const { id, delayMs = 0 } = options;
    try {
      await within(
        BUDGET_MS,
        this.queue(name).add(name, payload, { jobId: id, delay: delayMs }),
        'the queue took no hint',
      );
    } catch (error) {
      this.metrics.hintsLost.inc({ job: name });
      this.complain(error as Error);
    }
  }

  private queue(name: JobName): Queue {
    return this.moduleRef.get<Queue>(getQueueToken(jobs[name].queue), { strict: false });
  }

  /** One line per outage and ten seconds, not one per message. */
  private complain(error: Error): void {
    if (Date.now() - this.loggedAt > LOG_EVERY_MS) {
      this.loggedAt = Date.now();
      this.log.warn(
        { error: error.message },
        'Queue does not take hints: the sweeper goes on from PostgreSQL',
      );
    }
  }
}
