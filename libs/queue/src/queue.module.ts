import { BullModule } from '@nestjs/bullmq';
import { Global, Module } from '@nestjs/common';
import { setDefaultBackendFactory } from 'bullmq';
import { SETTINGS, type Settings } from '@app/config';
import { Bell } from './bell';
import { HintQueue, workerOn } from './bull-classes';
import { backendFactory, connectionFor, PREFIX } from './connection';
import { queueNames } from './jobs';
import { JobPublisher } from './job-publisher';
import { QueueMonitor } from './queue-monitor';

// Read when the queues are registered below.
BullModule.queueClass = HintQueue;

/** BullMQ on PostgreSQL, or on Redis where `REDIS_URL` is set: one code path, two backends. */
@Global()
@Module({
  imports: [
    BullModule.forRootAsync({
      inject: [SETTINGS],
      useFactory: (settings: Settings) => {
        // @nestjs/bullmq constructs queues and workers itself, so backend and worker can only be chosen as defaults.
        setDefaultBackendFactory(backendFactory(settings));
        BullModule.workerClass = workerOn(connectionFor(settings, 'worker'));
        return { connection: connectionFor(settings, 'publisher'), prefix: PREFIX };
      },
    }),
    ...queueNames.map((name) =>
      BullModule.registerQueue({
        name,
        // A finished hint is worth nothing; a failed one is found by the sweeper.
        defaultJobOptions: { removeOnComplete: true, removeOnFail: 100, attempts: 1 },
      }),
    ),
  ],
  providers: [Bell, JobPublisher, QueueMonitor],
  exports: [Bell, JobPublisher, QueueMonitor],
})
export class QueueModule {}
