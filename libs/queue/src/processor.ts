import { Processor as BullProcessor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import { type JobName, type JobPayload, jobs } from './jobs';

export { WorkerHost };

/** What a processor may know of its job. */
export type QueueJob<Name extends JobName> = Pick<Job<JobPayload<Name>>, 'id' | 'data'>;

/** Binds a class to the queue of one job of the registry. */
export function Processor(name: JobName, concurrency: number): ClassDecorator {
  return BullProcessor(jobs[name].queue, { concurrency });
}
