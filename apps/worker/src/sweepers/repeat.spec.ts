import { until } from '@app/testing';
import { repeat } from './repeat';

describe('repeat', () => {
  it('goes on after a pass that failed', async () => {
    const errors: string[] = [];
    let passes = 0;
    const sweeper = repeat(
      1,
      () => {
        passes += 1;
        return Promise.reject(new Error(`pass ${passes}`));
      },
      (error) => errors.push(error.message),
    );
    await until(() => errors.length >= 3);
    await sweeper.stop();
    expect(errors.slice(0, 3)).toEqual(['pass 1', 'pass 2', 'pass 3']);
  });

  it('waits for a running pass when it is stopped', async () => {
    let finish: () => void = () => undefined;
    let ended = false;
    const pass = new Promise<void>((resolve) => {
      finish = resolve;
    }).then(() => {
      ended = true;
    });
    let started = false;
    const sweeper = repeat(
      1,
      () => {
        started = true;
        return pass;
      },
      () => undefined,
    );
    await until(() => started);
    const stopped = sweeper.stop();
    finish();
    await stopped;
    expect(ended).toBe(true);
  });
});
