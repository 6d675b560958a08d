import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ConfigError, type Environment } from '@app/config';

const MAIN = join(__dirname, '../../simulator/src/main.js');

/**
 * Starts the simulator as a process of its own, so that it can stand for Twilio honestly. It ends with us, however we end.
 * @throws ConfigError when it does not come up; it has said why itself
 */
export async function startSimulatorProcess(environment: Environment): Promise<() => Promise<void>> {
  const child = fork(MAIN, {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const isUp = await Promise.race([once(child, 'message').then(() => true), ended.then(() => false)]);
  if (!isUp) {
    throw new ConfigError('the simulator did not start');
  }
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}
