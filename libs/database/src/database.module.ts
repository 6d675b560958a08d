import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Pool } from 'pg';
import { SETTINGS, type Settings } from '@app/config';
import { dataSourceOptions } from './data-source';
import { Database } from './database';

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
        retryAttempts: 0,
      }),
    }),
  ],
  providers: [
    Database,
    {
      provide: INGEST_POOL,
      inject: [SETTINGS],
      useFactory: ({ databaseUrl }: Settings) => {
        const pool = new Pool({
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
  constructor(@Inject(INGEST_POOL) private readonly ingestPool: Pool) {}

  async onApplicationShutdown(): Promise<void> {
    await this.ingestPool.end();
  }
}
