import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { SETTINGS, type Settings } from '@app/config';
import { dataSourceOptions, reportsOptions } from './data-source';
import { Database } from './database';
import { Opening } from './opening';
import { PreparingClient } from './preparing-client';
import { REPORTS } from './reports';

/**
 * Injection token of the pool that stores webhooks. It is separate so that neither a slow report nor a busy worker can make
 * Twilio wait, and its statements end after 2 s, while there is still time to answer 503.
 */
export const INGEST_POOL = Symbol('INGEST_POOL');

const INGEST_DEADLINE_MS = 2_000;

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [SETTINGS],
      useFactory: ({ databaseUrl }: Settings) => ({
        ...dataSourceOptions(databaseUrl),
        autoLoadEntities: true,
        manualInitialization: true,
      }),
    }),
  ],
  providers: [
    Database,
    {
      provide: REPORTS,
      inject: [SETTINGS, DataSource],
      useFactory: ({ databaseUrl }: Settings, { options: { entities = [] } }: DataSource) =>
        new DataSource({ ...reportsOptions(databaseUrl), entities }),
    },
    {
      provide: Opening,
      inject: [DataSource, REPORTS],
      useFactory: async (work: DataSource, reports: DataSource) => {
        const opening = new Opening(work, reports);
        await opening.open();
        return opening;
      },
    },
    {
      provide: INGEST_POOL,
      inject: [SETTINGS],
      useFactory: ({ databaseUrl }: Settings) => {
        const pool = new Pool({
          Client: PreparingClient,
          connectionString: databaseUrl,
          application_name: 'pasal',
          max: 4,
          connectionTimeoutMillis: INGEST_DEADLINE_MS,
          query_timeout: INGEST_DEADLINE_MS,
          options: `-c statement_timeout=${INGEST_DEADLINE_MS}`,
        });
        // An idle connection that PostgreSQL closes is replaced at the next query; without a listener it ends the process.
        pool.on('error', () => undefined);
        return pool;
      },
    },
  ],
  exports: [Database, INGEST_POOL],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(INGEST_POOL) private readonly ingestPool: Pool,
    private readonly opening: Opening,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.ingestPool.end(), this.opening.close()]);
  }
}
