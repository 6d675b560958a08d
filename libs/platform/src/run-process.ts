import { isatty } from 'node:tty';
import { ConfigError, variablesOfPort } from '@app/config';

/** Kubernetes kills after its grace period; a stop that hangs must end before, and say so by its exit code. */
const STOP_WITHIN_MS = 9_500;

export interface RunningProcess {
  /** Takes no new work, lets running work finish, closes what was opened. */
  close(): Promise<void>;
}

/**
 * The frame of every `main.ts`: a start that fails ends with one readable line, SIGTERM and SIGINT end a starting or running
 * process cleanly within ten seconds.
 * @param start closes what it opened when it fails; may end early, with any error, once the signal is aborted
 */
export async function runProcess(start: (stopping: AbortSignal) => Promise<RunningProcess>): Promise<void> {
  const stopping = new AbortController();
  const stop = (exitCode: number): void => {
    if (stopping.signal.aborted) {
      return;
    }
    stopping.abort();
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    void closeStarted(starting).then((closed) => process.exit(closed ? exitCode : 1));
  };
  const stopCleanly = (): void => {
    stop(0);
  };
  process.on('SIGTERM', stopCleanly).on('SIGINT', stopCleanly);
  if (isatty(0)) {
    // A closed terminal ends us as Ctrl-C does. Under nohup, which takes the terminal away, it must not.
    process.on('SIGHUP', stopCleanly);
  }
  process.on('uncaughtException', (error) => {
    if (!stopping.signal.aborted) {
      complain(error);
      stop(1);
    }
  });
  // `pasal | head`: a reader that went away must not end the shop.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => undefined);
  }
  const starting = start(stopping.signal);
  try {
    await starting;
  } catch (error) {
    if (!stopping.signal.aborted) {
      complain(error);
      process.exit(1);
    }
  }
}

async function closeStarted(starting: Promise<RunningProcess>): Promise<boolean> {
  const running = await starting.catch(() => undefined);
  try {
    await running?.close();
    return true;
  } catch (error) {
    complain(error, 'stopped with an error: ');
    return false;
  }
}

function complain(error: unknown, before = ''): void {
  process.stderr.write(`pasal: ${before}${explain(error)}\n`);
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) {
    return error.message;
  }
  const { code, syscall, port, address, message, stack } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
  };
  if (syscall === 'listen' && port !== undefined) {
    const names = variablesOfPort(port);
    const name = names.length === 0 ? 'PORT' : names.join(' or ');
    switch (code) {
      case 'EADDRINUSE':
        return `${name} must be a free port: ${port} is in use`;
      case 'EACCES':
        return `${name} must be a port that this user may open, such as one above 1023: not ${port}`;
      case 'EADDRNOTAVAIL':
        return `HOST must be an address of this machine, not "${address ?? ''}"`;
      default:
    }
  }
  if (syscall === 'getaddrinfo') {
    return `HOST must be an address of this machine: ${message}`;
  }
  // Disk full, no permission and their like say what and where in one line; only a bug deserves its stack.
  return syscall === undefined ? (stack ?? message) : message;
}
