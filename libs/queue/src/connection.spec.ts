import { testSettings } from '@app/testing';
import { connectionFor } from './connection';

describe('a connection to Redis', () => {
  it.each(['publisher', 'worker'] as const)(
    'of a %s is made anew twice a second, however long Redis was away',
    (side) => {
      const settings = testSettings('postgres://none', { REDIS_URL: 'redis://127.0.0.1:1' });
      const { retryStrategy } = connectionFor(settings, side) as {
        retryStrategy: (attempts: number) => number;
      };
      expect([1, 10, 1_000].map(retryStrategy)).toEqual([50, 500, 500]);
    },
  );
});
