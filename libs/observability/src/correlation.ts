import { randomUUID } from 'node:crypto';

/** The id that follows one message from webhook through job to callback, and one request of staff to its rows. */
export function newCorrelationId(): string {
  return randomUUID();
}
