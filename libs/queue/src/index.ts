export { openRedis } from './connection';
export { Bell } from './bell';
export { type JobName, type JobPayload, jobs } from './jobs';
export { JobPublisher } from './job-publisher';
export { Processor, type QueueJob, WorkerHost } from './processor';
export { migrateQueue } from './migrate-queue';
export { QueueModule } from './queue.module';
export { QueueMonitor, type QueueState } from './queue-monitor';
