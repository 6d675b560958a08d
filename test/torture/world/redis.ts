import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from '@app/testing';

/**
 * A Redis that forgets everything when it dies: each life has a folder of its own. There it writes down every command, so
 * that the checker can read all that ever went into it.
 */
export class Redis {
  private server: ChildProcess | undefined;
  private life = 0;

  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async open(folder: string, port: number): Promise<Redis> {
    const redis = new Redis(folder, port);
    await redis.start();
    return redis;
  }

  async start(): Promise<void> {
    this.life += 1;
    const dir = join(this.folder, `life-${this.life}`);
    mkdirSync(dir, { recursive: true });
    this.server = spawn(
      'redis-server',
      [
        ...['--port', String(this.port), '--bind', '127.0.0.1', '--dir', dir, '--save', ''],
        ...['--appendonly', 'yes', '--appendfsync', 'no', '--auto-aof-rewrite-percentage', '0'],
        ...['--maxmemory-policy', 'noeviction'],
      ],
      { stdio: 'ignore' },
    );
    await until(async () => (await this.say('PING')).includes('PONG'), { what: 'Redis' });
  }

  async kill(): Promise<void> {
    const { server } = this;
    if (server?.exitCode !== null || server.signalCode !== null) {
      return;
    }
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await ended;
  }

  async flush(): Promise<void> {
    await this.say('FLUSHALL');
  }

  /** Every command of every life, a life at a time. */
  *everSaid(): Generator<string> {
    for (const file of readdirSync(this.folder, { recursive: true, encoding: 'utf8' })) {
      if (file.endsWith('.aof')) {
        yield readFileSync(join(this.folder, file), 'latin1');
      }
    }
  }

  private say(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, '127.0.0.1', () => socket.write(`${command}\r\n`));
      socket.setTimeout(2_000, () => socket.destroy(new Error('Redis does not answer')));
      socket.once('error', reject).once('data', (answer) => {
        socket.destroy();
        resolve(answer.toString());
      });
    });
  }
}
