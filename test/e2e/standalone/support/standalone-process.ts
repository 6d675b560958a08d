import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { until } from '@app/testing';
import type { Clone } from './clone';

export interface StartOptions {
  clone: Clone;
  /** The default one of the clone when undefined. */
  home?: string | undefined;
  environment?: Record<string, string>;
  uid?: number;
}

/** `node dist/apps/standalone/src/main.js` as a person starts it: a real process, known by what it prints and answers. */
export class StandaloneProcess {
  stdout = '';
  stderr = '';
  readonly ended: Promise<{ code: number | null; ms: number }>;
  private signalledAt = Date.now();

  private constructor(
    readonly port: number,
    readonly simulatorPort: number,
    private readonly child: ChildProcess,
  ) {
    child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = once(child, 'close').then(([code]: unknown[]) => ({
      code: code as number | null,
      ms: Date.now() - this.signalledAt,
    }));
  }

  static async start({ clone, home, environment, uid }: StartOptions): Promise<StandaloneProcess> {
    const [port, simulatorPort] = [await freePort(), await freePort()];
    const child = spawn(process.execPath, ['dist/apps/standalone/src/main.js'], {
      cwd: clone.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(uid !== undefined && { uid, gid: uid }),
      env: {
        PATH: process.env['PATH'],
        LOG_LEVEL: 'warn',
        PORT: String(port),
        SIMULATOR_PORT: String(simulatorPort),
        ...(home !== undefined && { PASAL_HOME: home }),
        ...environment,
      },
    });
    return new StandaloneProcess(port, simulatorPort, child);
  }

  static async open(options: StartOptions): Promise<StandaloneProcess> {
    const started = await StandaloneProcess.start(options);
    await started.untilOpen();
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get simulatorUrl(): string {
    return `http://127.0.0.1:${this.simulatorPort}`;
  }

  async untilOpen(): Promise<void> {
    const failed = this.ended.then(({ code }) => {
      throw new Error(`ended with ${code ?? 'a signal'}: ${this.stderr}`);
    });
    await Promise.race([
      until(() => this.stdout.includes('Data  '), { timeoutMs: 50_000, what: 'the welcome' }),
      failed,
    ]);
  }

  kill(signal: NodeJS.Signals): Promise<{ code: number | null; ms: number }> {
    this.signalledAt = Date.now();
    this.child.kill(signal);
    return this.ended;
  }

  /** For `afterAll`: whatever a failed test left. */
  async clearAway(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await this.kill('SIGTERM');
    }
  }
}

/** The pid of the embedded server of a home, when there is one that runs. */
export function databasePid(home: string): number | undefined {
  const file = join(home, 'postgres', 'data', 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n', 1)[0]) : undefined;
  return pid !== undefined && existsSync(`/proc/${pid}`) ? pid : undefined;
}

/** Command lines of running processes that name this text. */
export function processesNaming(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(text));
}

export function answersOn(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket
      .once('connect', () => {
        socket.destroy();
        resolve(true);
      })
      .once('error', () => {
        resolve(false);
      });
  });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
