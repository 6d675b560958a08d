import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuOf } from './processes.mjs';

const START_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 10_000;

/** A process that the bench started. */
export class Program {
  #child;
  #log;

  constructor({ name, child, port, log }) {
    this.name = name;
    this.port = port;
    this.#child = child;
    this.#log = log;
  }

  get running() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  cpu() {
    return cpuOf(this.#child.pid);
  }

  /** Stands still, so that it takes nothing of the machine from what is measured. */
  freeze() {
    this.#child.kill('SIGSTOP');
  }

  thaw() {
    this.#child.kill('SIGCONT');
  }

  async ready() {
    const deadline = Date.now() + START_WITHIN_MS;
    while (Date.now() < deadline && this.running) {
      if (await isOpen(this.port)) {
        return this;
      }
      await pause(50);
    }
    throw new Error(
      `${this.name} did not start: ${this.#log ? readFileSync(this.#log, 'utf8').slice(-2_000) : ''}`,
    );
  }

  async stop() {
    if (!this.running) {
      return;
    }
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.thaw();
    this.#child.kill('SIGTERM');
    await Promise.race([
      ended,
      pause(STOP_WITHIN_MS, undefined, { ref: false }).then(() => this.#child.kill('SIGKILL')),
    ]);
  }
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
