import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ConfigError, type Environment } from '@app/config';

const MAIN = join(__dirname, '../../simulator/src/main.js');

/**
 * Starts the simulator as a process of its own, so that it can stand for Twilio honestly. It ends with us, however we end.
 * @throws ConfigError what it said itself when it does not come up
 */
export async function startSimulatorProcess(environment: Environment): Promise<() => Promise<void>> {
  const child = fork(MAIN, {
    env: environment,
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    // Ctrl-C in the terminal must not take Twilio away from a shop that still sends its last replies.
    detached: true,
  });
  let said = '';
  const listen = (chunk: Buffer): void => {
    said += chunk.toString();
  };
  child.stderr?.on('data', listen);
  const ended = once(child, 'close');
  const isUp = await Promise.race([once(child, 'message').then(() => true), ended.then(() => false)]);
  if (!isUp) {
    throw new ConfigError(said === '' ? 'the simulator did not start' : said.trim().replace(/^pasal: /, ''));
  }
  child.stderr?.off('data', listen).pipe(process.stderr, { end: false });
  const tell = (): void => {
    process.stderr.write('pasal: the simulator has ended: start Pasal again to get the phone page back\n');
  };
  child.once('exit', tell);
  return async () => {
    child.off('exit', tell);
    child.kill('SIGTERM');
    await ended;
  };
}
