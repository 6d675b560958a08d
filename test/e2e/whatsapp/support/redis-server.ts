import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import Redis from 'ioredis';
import { until } from '@app/testing';
import { freePort } from '../../support/free-port';

/** A Redis of the test's own, which it may stop and start. */
export interface RedisServer {
  url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  flush(): Promise<void>;
  configure(name: string, value: string): Promise<void>;
}

/** Whether this machine has a redis-server; says so visibly where it has none. */
export function redisIsInstalled(): boolean {
  const installed = spawnSync('redis-server', ['--version']).status === 0;
  if (!installed) {
    process.stderr.write('SKIPPED: no redis-server on the PATH, so nothing on Redis was tested\n');
  }
  return installed;
}

const given = process.env['REDIS_URL'];

/** Whether there is a Redis to talk to: the one of REDIS_URL, or a redis-server to start. */
export function redisIsAvailable(): boolean {
  return given !== undefined || redisIsInstalled();
}

/** The Redis of REDIS_URL, else one of the test's own. */
export async function someRedis(): Promise<Pick<RedisServer, 'url' | 'stop'>> {
  return given === undefined ? redisServer() : { url: given, stop: () => Promise.resolve() };
}

export async function redisServer(): Promise<RedisServer> {
  const port = await freePort();
  let server: ChildProcess | undefined;
  const once = async (command: 'PING' | 'FLUSHALL' | 'CONFIG', ...parameters: string[]): Promise<boolean> => {
    const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.call(command, ...parameters);
      return true;
    } catch {
      return false;
    } finally {
      client.disconnect();
    }
  };
  const redis: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      server = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], {
        stdio: 'ignore',
      });
      await until(() => once('PING'));
    },
    stop: async () => {
      const ended = new Promise((resolve) => server?.once('exit', resolve));
      server?.kill('SIGKILL');
      await ended;
    },
    flush: async () => {
      await once('FLUSHALL');
    },
    configure: async (name, value) => {
      await once('CONFIG', 'SET', name, value);
    },
  };
  await redis.start();
  return redis;
}
