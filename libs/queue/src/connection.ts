import { type BackendFactory, createPostgresBackend, createRedisBackend, type QueueOptions } from 'bullmq';
import Redis from 'ioredis';
import type { Settings } from '@app/config';

export type Backend = 'redis' | 'postgres';

export const backendOf = ({ redisUrl }: Settings): Backend => (redisUrl === undefined ? 'postgres' : 'redis');

export const backendFactory = (settings: Settings): BackendFactory =>
  (backendOf(settings) === 'redis' ? createRedisBackend : createPostgresBackend) as BackendFactory;

/** Prefix on Redis; BullMQ's major version is part of it, because majors do not share their keys. */
export const PREFIX = 'pasal-6';

/** A worker waits this long for a job in one command: the shorter, the sooner a connection is found to be dead. */
export const LONGEST_BLOCK_S = 2;

/** BullMQ's own waits grow to 20 s: a queue that is back for long would still be taken for dead. */
const LONGEST_RECONNECT_MS = 500;

export const isRedis = (connection: QueueOptions['connection']): boolean => 'host' in connection;

/** For short commands. A Redis whose machine vanished says nothing: silence after one ends the connection. */
const SHORT_COMMANDS = { maxRetriesPerRequest: 1, socketTimeout: 1_500 };

/** A hint must fail fast, a worker must wait for ever: the two sides of one queue need different connections. */
export function connectionFor(settings: Settings, side: 'publisher' | 'worker'): QueueOptions['connection'] {
  const { redisUrl, databaseUrl } = settings;
  if (redisUrl === undefined) {
    return {
      connectionString: databaseUrl,
      application_name: 'pasal-queue',
      max: side === 'publisher' ? 3 : 4,
      // A hint may be lost, a row may not: only hints live here.
      options: '-c synchronous_commit=off',
    };
  }
  return {
    ...redisOptions(redisUrl),
    ...(side === 'publisher'
      ? { ...SHORT_COMMANDS, enableOfflineQueue: false, commandTimeout: 1_000 }
      : { maxRetriesPerRequest: null, socketTimeout: (LONGEST_BLOCK_S + 1) * 1_000 }),
  };
}

/** A connection to the queue's Redis for other short commands; undefined without `REDIS_URL`. */
export function openRedis({ redisUrl }: Settings): Redis | undefined {
  if (redisUrl === undefined) {
    return undefined;
  }
  const redis = new Redis({ ...redisOptions(redisUrl), ...SHORT_COMMANDS, lazyConnect: true });
  // Without a listener an outage would end the process; whoever asks is told.
  redis.on('error', () => undefined);
  return redis;
}

function redisOptions(redisUrl: string): Record<string, unknown> {
  const url = new URL(redisUrl);
  return {
    host: url.hostname,
    port: Number(url.port || 6379),
    db: Number(url.pathname.slice(1) || 0),
    ...(url.username && { username: decodeURIComponent(url.username) }),
    ...(url.password && { password: decodeURIComponent(url.password) }),
    ...(url.protocol === 'rediss:' && { tls: {} }),
    connectTimeout: 2_000,
    retryStrategy: (attempts: number) => Math.min(attempts * 50, LONGEST_RECONNECT_MS),
  };
}
