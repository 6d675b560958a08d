import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
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
  const ended = once(child, 'exit');
  const isUp = await Promise.race([once(child, 'message').then(() => true), ended.then(() => false)]);
  if (!isUp) {
    const said = child.stderr ? await text(child.stderr) : '';
    throw new ConfigError(said.trim().replace(/^pasal: /, '') || 'the simulator did not start');
  }
  child.stderr?.pipe(process.stderr, { end: false });
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
