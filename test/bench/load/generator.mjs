import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Program } from '../machine/program.mjs';

/** The load generator as the bench sees it: a process of its own, whose CPU is counted like that of the others. */
export class Generator {
  #child;
  #waiting = new Map();
  #calls = 0;

  constructor() {
    const driver = fileURLToPath(new URL('./driver.mjs', import.meta.url));
    this.#child = fork(driver, { serialization: 'advanced' });
    this.program = new Program({ name: 'generator', child: this.#child });
    this.#child.on('message', ({ call, result, error }) => {
      const { resolve, reject } = this.#waiting.get(call);
      this.#waiting.delete(call);
      if (error === undefined) {
        resolve(result);
      } else {
        reject(new Error(`load generator: ${error}`));
      }
    });
  }

  /** Signs letters before the clock runs: see `letters.mjs` for the options. */
  sign(options) {
    return this.#call('sign', options);
  }

  /** Sends the signed letters on `connections`, each one after the other. */
  flood(options) {
    return this.#call('flood', options);
  }

  /** Sends the signed letters at `rate` a second, answered or not. */
  pace(options) {
    return this.#call('pace', options);
  }

  /** Sends for `seconds` on `connections`, each its next letter when Twilio has accepted the reply to the one before. */
  converse(options) {
    return this.#call('converse', options);
  }

  #call(task, options) {
    this.#calls += 1;
    const call = this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      this.#child.send({ call, task, options });
    });
  }
}
