import { isIPv6 } from 'node:net';
import { ConfigError } from './config-error';
import { type Environment, lookUp } from './environment';

const HOST_NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** `REDIS_URL`, or the same made of REDIS_HOST, REDIS_PORT and REDIS_PASSWORD. */
export function redisUrl(environment: Environment): string | undefined {
  const given = lookUp(environment, { name: 'REDIS_URL', secret: true });
  const host = environment['REDIS_HOST'];
  if (given !== undefined || !host) {
    return given;
  }
  if (!HOST_NAME.test(host) && !isIPv6(host)) {
    throw new ConfigError('REDIS_HOST must be a host name or an address, without port');
  }
  const port = lookUp(environment, { name: 'REDIS_PORT' }) ?? '6379';
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new ConfigError('REDIS_PORT must be a whole number from 1 to 65535');
  }
  const password = lookUp(environment, { name: 'REDIS_PASSWORD', secret: true });
  const credentials = password ? `:${encodeURIComponent(password)}@` : '';
  return `redis://${credentials}${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
