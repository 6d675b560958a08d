import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible';
import { SETTINGS, type Settings } from '@app/config';
import { openRedis } from '@app/queue';
import { SendRates } from './send-rates';
import { SharedRates } from './shared-rates';

const STORE = Symbol('STORE');

type Store = { redis: NonNullable<ReturnType<typeof openRedis>> } | { pool: Pool };

/** Few short statements, beside the pools of those who would otherwise wait for them. */
function openStore(settings: Settings): Store {
  const redis = openRedis(settings);
  if (redis) {
    return { redis };
  }
  const pool = new Pool({
    connectionString: settings.databaseUrl,
    application_name: 'pasal-rates',
    max: 2,
    options: '-c synchronous_commit=off -c statement_timeout=1000',
  });
  // An idle connection that PostgreSQL closes is replaced at the next query; without a listener it ends the process.
  pool.on('error', () => undefined);
  return { pool };
}

/** How fast senders send: counters that all processes share, on Redis where `REDIS_URL` is set, else on PostgreSQL. */
@Module({
  providers: [
    { provide: STORE, inject: [SETTINGS], useFactory: openStore },
    {
      provide: SharedRates,
      inject: [STORE],
      useFactory: (store: Store) =>
        new SharedRates((options) =>
          'redis' in store
            ? new RateLimiterRedis({ ...options, storeClient: store.redis })
            : new RateLimiterPostgres({
                ...options,
                storeClient: store.pool,
                storeType: 'pool',
                tableName: 'rate_counters',
                tableCreated: true,
                // Keys are used again and again: nothing piles up.
                clearExpiredByTimeout: false,
              }),
        ),
    },
    SendRates,
  ],
  exports: [SendRates],
})
export class RatesModule implements OnApplicationShutdown {
  constructor(@Inject(STORE) private readonly store: Store) {}

  async onApplicationShutdown(): Promise<void> {
    if ('redis' in this.store) {
      this.store.redis.disconnect();
    } else {
      await this.store.pool.end();
    }
  }
}
