import { ConfigError } from '@app/config';

/** Kubernetes kills after its grace period; a stop that hangs must end before, and say so by its exit code. */
const STOP_WITHIN_MS = 9_500;

export interface RunningProcess {
  /** Takes no new work, lets running work finish, closes what was opened. */
  close(): Promise<void>;
}

/**
 * The frame of every `main.ts`: a start that fails ends with one readable line, SIGTERM and SIGINT end a running process
 * cleanly within ten seconds.
 */
export async function runProcess(start: () => Promise<RunningProcess>): Promise<void> {
  let running: RunningProcess;
  try {
    running = await start();
  } catch (error) {
    process.stderr.write(`pasal: ${explain(error)}\n`);
    process.exit(1);
  }
  let stopping = false;
  const stop = (): void => {
    if (stopping) {
      return;
    }
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`pasal: stopped with an error: ${explain(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) {
    return error.message;
  }
  const { code, port, message, stack } = error as NodeJS.ErrnoException & { port?: number };
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port ?? ''} is in use: set PORT, WORKER_PORT or SIMULATOR_PORT to a free one`;
    case 'EACCES':
      return message;
    default:
      return stack ?? message;
  }
}
