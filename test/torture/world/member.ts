import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export type Role = 'api' | 'worker';

/** An end of a process that nobody asked for. */
export interface OwnDeath {
  member: string;
  at: number;
  /** Whether it had been up: a start that fails because PostgreSQL is away is expected. */
  wasUp: boolean;
  how: string;
}

const RESTART_AFTER_FAILURE_MS = 400;

/** One process of the shop that is started again whenever it ends, as a supervisor would. */
export class Member {
  readonly ownDeaths: OwnDeath[] = [];
  /** Told whenever it takes work from now on, or no more. */
  onLife: (up: boolean) => void = () => undefined;
  private child: ChildProcess | undefined;
  private up = false;
  private expected = false;
  private leaving = false;
  private frozen = false;
  private ended: Promise<void> = Promise.resolve();

  constructor(
    readonly name: string,
    readonly role: Role,
    private readonly main: string,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly logFile: string,
  ) {}

  get isUp(): boolean {
    return this.up && !this.frozen;
  }

  start(): void {
    const log = openSync(this.logFile, 'a');
    const child = spawn(process.execPath, [this.main], {
      env: { PATH: process.env['PATH'], ...this.environment },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.child = child;
    child.on('message', () => {
      this.setUp(true);
    });
    child.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.onEnd(code, signal);
        resolve();
      });
    });
  }

  /** Whether there was a living process to kill. */
  kill(): boolean {
    if (!this.up) {
      return false;
    }
    this.expected = true;
    this.setUp(false);
    return this.child?.kill('SIGKILL') ?? false;
  }

  async freeze(forMs: number): Promise<void> {
    const { child } = this;
    this.frozen = true;
    this.onLife(false);
    child?.kill('SIGSTOP');
    await pause(forMs);
    child?.kill('SIGCONT');
    this.frozen = false;
    this.onLife(this.up);
  }

  /** Arms a failpoint: the process kills itself when it reaches it for the `hit`th time. */
  arm(failpoint: string, hit: number): void {
    if (this.child?.connected) {
      this.expected = true;
      this.child.send({ failpoint, hit }, () => undefined);
    }
  }

  /** Resolves with whether it ended by itself within the time that a process has to stop. */
  async stop(): Promise<boolean> {
    this.leaving = true;
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) {
      return true;
    }
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const inTime = await Promise.race([this.ended.then(() => true), pause(12_000, false, { ref: false })]);
    if (!inTime) {
      child.kill('SIGKILL');
      await this.ended;
    }
    return inTime;
  }

  private setUp(up: boolean): void {
    if (this.up !== up) {
      this.up = up;
      this.onLife(up);
    }
  }

  private onEnd(code: number | null, signal: string | null): void {
    const wasUp = this.up;
    const killed = signal === 'SIGKILL' && this.expected;
    this.setUp(false);
    this.frozen = false;
    this.expected = false;
    if (this.leaving) {
      return;
    }
    if (!killed) {
      const how = signal ?? `exit code ${String(code)}`;
      this.ownDeaths.push({ member: this.name, at: Date.now(), wasUp, how });
    }
    setTimeout(
      () => {
        if (!this.leaving) {
          this.start();
        }
      },
      killed ? 0 : RESTART_AFTER_FAILURE_MS,
    );
  }
}
