import { ConfigError } from './config-error';
import { redisUrl } from './redis-url';

describe('redisUrl', () => {
  it.each([
    [{}, undefined],
    [{ REDIS_HOST: '' }, undefined],
    [{ REDIS_PORT: '6380', REDIS_PASSWORD: 'unused' }, undefined],
    [{ REDIS_URL: 'rediss://cache:6380/2', REDIS_HOST: 'other' }, 'rediss://cache:6380/2'],
    [{ REDIS_URL: '', REDIS_HOST: 'cache' }, 'redis://cache:6379'],
    [{ REDIS_HOST: 'cache', REDIS_PORT: '' }, 'redis://cache:6379'],
    [{ REDIS_HOST: '10.0.0.7', REDIS_PORT: '6380' }, 'redis://10.0.0.7:6380'],
    [{ REDIS_HOST: '::1' }, 'redis://[::1]:6379'],
    [{ REDIS_HOST: 'cache', REDIS_PASSWORD: 'p@ss:w/rd' }, 'redis://:p%40ss%3Aw%2Frd@cache:6379'],
  ])('makes of %j %s', (environment, url) => {
    expect(redisUrl(environment)).toBe(url);
  });

  it.each([
    [{ REDIS_HOST: 'cache:6379' }, /^REDIS_HOST must be/],
    [{ REDIS_HOST: 'user:secret@cache' }, /^REDIS_HOST must be a host name or an address, without port$/],
    [{ REDIS_HOST: 'cache', REDIS_PORT: 'six' }, /^REDIS_PORT must be a whole number from 1 to 65535$/],
    [{ REDIS_HOST: 'cache', REDIS_PORT: '65536' }, /^REDIS_PORT must be/],
    [{ REDIS_HOST: 'cache', REDIS_PASSWORD_FILE: '/nowhere' }, /^REDIS_PASSWORD_FILE must be/],
  ])('refuses %j by the name of the variable that is wrong', (environment, message) => {
    expect(() => redisUrl(environment)).toThrow(ConfigError);
    expect(() => redisUrl(environment)).toThrow(message);
  });
});
