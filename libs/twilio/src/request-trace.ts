import { AsyncLocalStorage } from 'node:async_hooks';
import type { SendTrace } from '@app/messaging';

type Seen = Omit<SendTrace, 'durationMs'>;

const running = new AsyncLocalStorage<Seen>();

/** Runs one request of Twilio's client and tells what was seen of it: the client itself hides headers, above all of errors. */
export async function traced<T>(request: () => Promise<T>): Promise<{ result: T; trace: SendTrace }> {
  const seen: Seen = { httpStatus: null, requestId: null };
  const began = performance.now();
  const result = await running.run(seen, request);
  return { result, trace: { ...seen, durationMs: Math.round(performance.now() - began) } };
}

/** Notes an answer of Twilio for whoever traces its request. */
export function noteAnswer(httpStatus: number, requestId: string | string[] | undefined): void {
  const seen = running.getStore();
  if (seen) {
    seen.httpStatus = httpStatus;
    seen.requestId = typeof requestId === 'string' ? requestId : null;
  }
}
