import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { GroupCommit, within } from '@app/kernel';
import { Log, Metrics } from '@app/observability';
import { Bell } from './bell';
import { type JobName, type JobPayload, jobs } from './jobs';

const BUDGET_MS = 200;
const LOG_EVERY_MS = 10_000;

/** A job costs BullMQ's PostgreSQL backend eight statements, whatever it holds; a worker takes half of these in one transaction. */
const IDS_PER_JOB = 64;
const IDS_PER_ADD = 1_024;
const MOST_WAITING_IDS = 10_000;

/** While many ring, telling the queue takes a third of the time at most: what rings in between shares the next add. */
const REST_PER_ADD = 2;
const LONGEST_REST_MS = 50;

export interface PublishOptions {
  /** Deduplicates: an add whose id the queue still holds is ignored. Never a conversation's id, which would strand messages. */
  id: string;
  delayMs?: number;
}

/** Rings for a worker. Never throws and never waits longer than its budget: the row is the truth, the job a hint. */
@Injectable()
export class JobPublisher implements OnModuleInit {
  private loggedAt = 0;

  private readonly hints = new GroupCommit<string, void>({
    write: async (inboxIds) => {
      const began = performance.now();
      try {
        await this.addHints(inboxIds);
        return inboxIds.map(() => undefined);
      } finally {
        if (inboxIds.length > 1) {
          await pause(Math.min((performance.now() - began) * REST_PER_ADD, LONGEST_REST_MS));
        }
      }
    },
    largest: IDS_PER_ADD,
    writers: 1,
    mostWaiting: MOST_WAITING_IDS,
    isFaultOfItem: () => false,
  });

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly bell: Bell,
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

  /**
   * "These rows have just been stored." A worker in this process hears it at once; else the queue is told, and rows that
   * are rung for meanwhile share the next add. Ring once for a row: the queue ignores a hint that it still holds.
   */
  ring(inboxIds: readonly string[]): void {
    if (this.bell.ring(inboxIds)) {
      return;
    }
    for (const added of this.hints.addAll(inboxIds)) {
      added.catch((error: unknown) => {
        this.lost('inbox.process', error as Error);
      });
    }
  }

  /** One job by its name, now or after a delay. */
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
      this.lost(name, error as Error);
    }
  }

  private async addHints(inboxIds: readonly string[]): Promise<void> {
    const chunks = Array.from({ length: Math.ceil(inboxIds.length / IDS_PER_JOB) }, (_, chunk) =>
      inboxIds.slice(chunk * IDS_PER_JOB, (chunk + 1) * IDS_PER_JOB),
    );
    const hints = chunks.map((chunk) => ({
      name: 'inbox.process',
      data: { inboxIds: chunk },
      opts: { jobId: `inbox-${String(chunk[0])}` },
    }));
    await within(BUDGET_MS, this.queue('inbox.process').addBulk(hints), 'the queue took no hints');
  }

  private queue(name: JobName): Queue {
    return this.moduleRef.get<Queue>(getQueueToken(jobs[name].queue), { strict: false });
  }

  private lost(name: JobName, error: Error): void {
    this.metrics.hintsLost.inc({ job: name });
    this.complain(error);
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
