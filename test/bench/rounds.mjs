/** The rounds of one part: as many as were asked for, one at least, and no more than fit into the part's share of time. */
export class Rounds {
  number = 0;
  #part;
  #endsAt;
  #startedAt;

  constructor(part, wanted, minutes) {
    this.#part = part;
    this.wanted = wanted;
    this.#endsAt = Date.now() + minutes * 60_000;
  }

  /** Begins another round, unless there is none. */
  next() {
    this.#startedAt ??= Date.now();
    const each = (Date.now() - this.#startedAt) / Math.max(1, this.number);
    const fits = this.number === 0 || Date.now() + each <= this.#endsAt;
    if (this.number === this.wanted || !fits) {
      return false;
    }
    this.number += 1;
    return true;
  }

  /** To and fro, so that what changes slowly on the machine meets all alike. */
  inTurn(rivals) {
    return this.number % 2 === 1 ? rivals : rivals.toReversed();
  }

  say(line) {
    process.stderr.write(`${this.#part} ${this.number}/${this.wanted} ${line}\n`);
  }
}
