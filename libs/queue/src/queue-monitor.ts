import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { getQueueToken } from '@nestjs/bullmq';
import { type Queue, RedisQueueBackend } from 'bullmq';
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

  /** Why hints may come late or be lost, if anything is wrong with the queue. */
  async weakness(): Promise<string | undefined> {
    try {
      const policy = within(BUDGET_MS, this.evictionPolicy(), 'the queue did not answer');
      const [weakness] = await Promise.all([policy, this.read()]);
      return weakness;
    } catch {
      return 'the queue does not answer';
    }
  }

  /** A Redis that evicts drops jobs, or half of one: BullMQ is right with `noeviction` only. */
  private async evictionPolicy(): Promise<string | undefined> {
    const [name = ''] = queueNames;
    const { backend } = this.queue(name);
    if (!(backend instanceof RedisQueueBackend)) {
      return undefined;
    }
    const info = await (await backend.client).info();
    const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'noeviction';
    return policy === 'noeviction' ? undefined : `maxmemory-policy is ${policy}: set it to noeviction`;
  }

  private queue(name: string): Queue {
    return this.moduleRef.get<Queue>(getQueueToken(name), { strict: false });
  }

  private async readOne(name: string): Promise<QueueState> {
    const queue = this.queue(name);
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
