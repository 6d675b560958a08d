import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const current = new AsyncLocalStorage<string>();

export function newCorrelationId(): string {
  return randomUUID();
}

/** Runs `work` so that every log line and every row written inside carries `correlationId`. */
export function withCorrelation<T>(correlationId: string, work: () => T): T {
  return current.run(correlationId, work);
}

/** The id that follows one message from webhook through job to callback; a new one outside any. */
export function currentCorrelationId(): string {
  return current.getStore() ?? newCorrelationId();
}

/** For log lines, which must not invent an id. */
export function correlationFields(): { correlationId?: string } {
  const correlationId = current.getStore();
  return correlationId === undefined ? {} : { correlationId };
}
