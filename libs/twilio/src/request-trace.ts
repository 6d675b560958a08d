import type { SendTrace } from '@app/messaging';

type Seen = Omit<SendTrace, 'durationMs'>;

/** Sends that run, by their status callback: it names row and attempt, so no two are alike. */
const running = new Map<string, Seen>();

/** Runs one send of Twilio's client and tells what was seen of it: the client itself hides headers, above all of errors. */
export async function traced<T>(
  statusCallback: string,
  send: () => Promise<T>,
): Promise<{ result: T; trace: SendTrace }> {
  const seen: Seen = { httpStatus: null, requestId: null };
  const began = performance.now();
  running.set(statusCallback, seen);
  try {
    const result = await send();
    return { result, trace: { ...seen, durationMs: Math.round(performance.now() - began) } };
  } finally {
    running.delete(statusCallback);
  }
}

/** Notes an answer of Twilio for whoever traces its request. */
export function noteAnswer(
  request: unknown,
  httpStatus: number,
  requestId: string | string[] | undefined,
): void {
  const { StatusCallback: statusCallback = '' } = (request ?? {}) as { StatusCallback?: string };
  const seen = running.get(statusCallback);
  if (seen) {
    seen.httpStatus = httpStatus;
    seen.requestId = typeof requestId === 'string' ? requestId : null;
  }
}
