import { accountFor, faultsOf } from './shop/replies.mjs';
import { cpuCell, cpuEach, median, quantile, rounded, total } from './statistics.mjs';

const WARM_UP_SECONDS = 20;
/** Signed for a closed loop: more than it can send. */
const MOST_PER_SECOND = 2_000;

const MEDIANS = ['perSecond', 'p50', 'p99', 'recorded99', 'accept50', 'accept99'];

/** Shoppers who talk to one stack: they go on where they stopped, whatever scenario comes next. */
export class Conversation {
  #machine;
  #stack;
  #shoppers;
  #from = 0;

  /** @param {{group: number, shoppers: number}} shoppers */
  constructor(machine, stack, shoppers) {
    this.#machine = machine;
    this.#stack = stack;
    this.#shoppers = shoppers;
  }

  /** Every shopper says something once: the stack knows them all, and its code is compiled. */
  async warmUp(connections) {
    const count = this.#shoppers.shoppers;
    await this.#sign(count);
    await this.#machine.generator.converse({ ...this.#where(), connections, seconds: WARM_UP_SECONDS });
    this.#from += count;
  }

  /** Webhooks only: nobody waits for a reply. */
  async flood(count, connections) {
    await this.#sign(count);
    this.#from += count;
    return this.#machine.generator.flood({ ...this.#where(), connections });
  }

  /** Webhooks at a steady rate. */
  async pace(rate, seconds) {
    const count = Math.round(rate * seconds);
    await this.#sign(count);
    this.#from += count;
    return this.#machine.generator.pace({ ...this.#where(), rate });
  }

  /** One run: open loop with a rate, else a closed one. */
  async run({ rate, connections, seconds, ...behaviour }) {
    const { generator } = this.#machine;
    await this.#stack.takeTheFloor();
    await this.#stack.simulator.accepted();
    await this.#sign(Math.round((rate ?? MOST_PER_SECOND) * seconds));
    const before = this.#cpu();
    const run = rate
      ? await generator.pace({ ...this.#where(), rate })
      : await generator.converse({ ...this.#where(), connections, seconds });
    this.#from += run.outcomes.length;
    // Callbacks are part of a message's price.
    await this.#stack.calm();
    const cpu = cpuEach(before, this.#cpu(), run.outcomes.length);
    const { replyMs, recordedMs, answered, ...account } = await accountFor(
      this.#stack,
      run.outcomes,
      behaviour,
    );
    const acceptMs = run.outcomes.map(({ ms }) => ms);
    const firstSent = Math.min(...run.outcomes.map(({ sentAt }) => sentAt));
    const lastAccepted = Math.max(...answered.map(({ acceptedAt }) => acceptedAt));
    return {
      perSecond: (answered.length * 1_000) / (lastAccepted - firstSent),
      p50: quantile(replyMs, 0.5),
      p99: quantile(replyMs, 0.99),
      worst: Math.max(...replyMs),
      recorded99: quantile(recordedMs, 0.99),
      accept50: quantile(acceptMs, 0.5),
      accept99: quantile(acceptMs, 0.99),
      latestMs: run.latestMs ?? 0,
      cpu,
      ...account,
    };
  }

  #sign(count) {
    return this.#machine.generator.sign({ ...this.#shoppers, from: this.#from, count });
  }

  #where() {
    return { port: this.#stack.port, simulatorUrl: this.#stack.simulator.url };
  }

  #cpu() {
    return this.#machine.cpu({ ...this.#stack.programs, simulator: this.#stack.simulator.program });
  }
}

/** The rounds of one scenario as one row. */
export function summarise(name, all) {
  const middle = (field) => rounded(median(all.map((run) => run[field])));
  const sum = (field) => total(all.map((run) => run[field]));
  return {
    name,
    ...Object.fromEntries(MEDIANS.map((field) => [field, middle(field)])),
    worst: rounded(Math.max(...all.map(({ worst }) => worst))),
    latestMs: rounded(Math.max(...all.map(({ latestMs }) => latestMs))),
    messages: sum('messages'),
    faults: faultsOf(all),
    cpu: cpuCell(all),
    rounds: all,
  };
}
