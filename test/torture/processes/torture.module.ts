import { appendFileSync } from 'node:fs';
import { Global, Module } from '@nestjs/common';
import { FAILPOINT_ACTION, type FailpointAction } from '@app/failpoints';

let armed: { failpoint: string; hit: number } | undefined;

process.on('message', (message: { failpoint: string; hit: number }) => {
  armed = message;
});
// The end of the run, however sudden, is ours too.
process.once('disconnect', () => process.exit(0));
// Listening to the run must not keep a process alive that was told to stop.
process.channel?.unref();

/** Dies by SIGKILL where the run armed it to, and writes down that it did. */
const dieWhenArmed: FailpointAction = (name) => {
  if (armed?.failpoint !== name) {
    return;
  }
  armed.hit -= 1;
  if (armed.hit === 0) {
    appendFileSync(process.env['TORTURE_HITS']!, `${Date.now()} ${name}\n`);
    process.kill(process.pid, 'SIGKILL');
  }
};

/** Binds the failpoints, which do nothing anywhere else. */
@Global()
@Module({
  providers: [{ provide: FAILPOINT_ACTION, useValue: dieWhenArmed }],
  exports: [FAILPOINT_ACTION],
})
export class TortureModule {}

/** Tells the run that this process takes work. */
export function sayUp(): void {
  process.send?.('up');
}
