import { freePort } from '../machine/program.mjs';
import { simulatorEnvironment } from './environment.mjs';

const PAGE = 5_000;
const NEVER_MS = 2_000_000_000;

/** Twilio's double, a process of its own, and what it has accepted. */
export class Simulator {
  #seen = 0;

  static async start(machine) {
    const simulator = new Simulator();
    const port = await freePort();
    const environment = simulatorEnvironment(machine.folder, port);
    simulator.program = await machine.program('simulator', 'apps/simulator/src/main.js', environment, port);
    simulator.url = `http://127.0.0.1:${port}`;
    return simulator;
  }

  /** @param {{callbacks: 'on' | 'off', latencyMs: number}} behaviour latency of the answer to each send */
  async behave({ callbacks, latencyMs }) {
    const timings =
      callbacks === 'on'
        ? { sentMs: 20, deliveredMs: 50, readMs: 100 }
        : { sentMs: NEVER_MS, deliveredMs: NEVER_MS, readMs: NEVER_MS };
    await this.#ask('PATCH', '', { callbacks, timings });
    await this.#ask('PUT', '/faults', { latencyMs });
  }

  /** What was accepted since the last call, in the order of acceptance. */
  async accepted() {
    const messages = [];
    for (let page; page === undefined || page.length === PAGE; messages.push(...page)) {
      page = await this.#ask('GET', `/messages?after=${this.#seen}&limit=${PAGE}`);
      this.#seen = page.at(-1)?.seq ?? this.#seen;
    }
    return messages.map(({ sid, phone, acceptedAt, statusCallback }) => ({
      sid,
      phone,
      acceptedAt,
      outboxId: new URL(statusCallback).searchParams.get('m'),
    }));
  }

  async #ask(method, path, body) {
    const response = await fetch(`${this.url}/simulator${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw new Error(`simulator: ${method} ${path} ${response.status} ${await response.text()}`);
    }
    return response.json();
  }
}
