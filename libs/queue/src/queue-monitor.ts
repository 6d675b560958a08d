import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { within } from '@app/kernel';
import { SETTINGS, type Settings } from '@app/config';
import { type Backend, backendOf } from './connection';
import { queueNames } from './jobs';

/** Counts of one queue. */
export interface QueueState {
  name: string;
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
  workers: number;
}

const BUDGET_MS = 1_000;

/** Reads the queues for staff and probes. */
@Injectable()
export class QueueMonitor {
  readonly backend: Backend;

  constructor(
    private readonly moduleRef: ModuleRef,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.backend = backendOf(settings);
  }

  /** @throws Error when the queue's backend does not answer within a second */
  read(): Promise<QueueState[]> {
    return within(
      BUDGET_MS,
      Promise.all(queueNames.map((name) => this.readOne(name))),
      'the queue did not answer',
    );
  }

  private async readOne(name: string): Promise<QueueState> {
    const queue = this.moduleRef.get<Queue>(getQueueToken(name), { strict: false });
    const [counts, workers] = await Promise.all([
      queue.getJobCounts('waiting', 'active', 'delayed', 'failed'),
      queue.getWorkersCount(),
    ]);
    const count = (state: string): number => counts[state] ?? 0;
    return {
      name,
      waiting: count('waiting'),
      active: count('active'),
      delayed: count('delayed'),
      failed: count('failed'),
      workers,
    };
  }
}
