import { get } from 'node:http';

const ANSWER_WITHIN_MS = 10_000;

/** Hears from the simulator to whom it has just accepted a message. It sets the pace of a conversation, and nothing else. */
export class AcceptedReplies {
  #request;
  #waiting = new Map();
  #rest = '';

  static async follow(simulatorUrl) {
    const replies = new AcceptedReplies();
    await new Promise((resolve, reject) => {
      replies.#request = get(`${simulatorUrl}/simulator/events`, (response) => {
        response.setEncoding('utf8').on('data', (chunk) => replies.#read(chunk));
        response.on('error', () => undefined);
        resolve();
      }).on('error', reject);
    });
    return replies;
  }

  /** Resolves when a message to this phone is accepted, or after ten seconds. */
  next(phone) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ANSWER_WITHIN_MS);
      this.#waiting.set(`whatsapp:${phone}`, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  close() {
    this.#request.destroy();
  }

  #read(chunk) {
    const events = (this.#rest + chunk).split('\n\n');
    this.#rest = events.pop();
    for (const event of events) {
      const address = /"type":"message".*?"phone":"([^"]+)"/.exec(event)?.[1];
      this.#waiting.get(address)?.();
      this.#waiting.delete(address);
    }
  }
}
