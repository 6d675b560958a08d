import { setTimeout as pause } from 'node:timers/promises';

/** Younger messages are left to their webhooks. */
const AGAIN_AFTER_MS = 3_000;
const ANSWERS_WITHIN_MS = 60_000;

interface Report {
  inbound: { young: number };
  complete: boolean;
}

/** Staff ask for a comparison with Twilio's list, until nothing is left to compare. Resolves with what hindered it, if anything. */
export async function reconcile(
  apiUrl: string,
  staff: { email: string; password: string },
  withinMs: number,
): Promise<string | undefined> {
  const { accessToken } = await post<{ accessToken: string }>(`${apiUrl}/api/v1/auth/login`, staff);
  const deadline = Date.now() + withinMs;
  for (;;) {
    const report = await post<Report>(
      `${apiUrl}/api/v1/reconciliations`,
      { since: '2h' },
      { authorization: `Bearer ${accessToken}` },
    ).catch((error: unknown) => error as Error);
    if (!(report instanceof Error) && report.complete && report.inbound.young === 0) {
      return undefined;
    }
    if (Date.now() > deadline) {
      return report instanceof Error ? report.message : JSON.stringify(report);
    }
    await pause(AGAIN_AFTER_MS);
  }
}

async function post<T>(url: string, body: object, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}: ${text}`);
  }
  return JSON.parse(text) as T;
}
