import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { TEST_AUTH_TOKEN } from '@app/testing';
import type { AttemptEntry, RunJournal } from './journal';

/** `#ct=1500&rt=3500&rc=3&rp=ct,rt,5xx`: what our webhook URL asks of Twilio; the spacing of retries is not published. */
const CONNECT_MS = 1_500;
const READ_MS = 3_500;
const RETRIES = 3;
const BETWEEN_MS = 2_400;
const TOTAL_MS = 15_000;

/** Posts signed webhooks as Twilio does: kept-alive connections, retries, then the fallback URL. */
export class TwilioWebhooks {
  private readonly agent = new Agent({
    connect: { timeout: CONNECT_MS },
    connections: 64,
    keepAliveTimeout: 10_000,
  });

  constructor(
    private readonly webhookUrl: string,
    private readonly fallbackUrl: string,
    private readonly journal: RunJournal,
  ) {}

  /** Resolves with whether any try was answered 2xx. */
  async deliver(
    sid: string,
    params: Readonly<Record<string, string>>,
    copy: AttemptEntry['copy'],
  ): Promise<boolean> {
    return (
      (await this.tryAll('webhook', sid, params, copy)) || (await this.tryAll('fallback', sid, params, copy))
    );
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async tryAll(
    url: AttemptEntry['url'],
    sid: string,
    params: Readonly<Record<string, string>>,
    copy: AttemptEntry['copy'],
  ): Promise<boolean> {
    const started = Date.now();
    for (let tries = 0; ; tries += 1) {
      const { status } = await this.post(url, sid, params, copy);
      if (status !== null && status < 500) {
        return status < 300;
      }
      if (tries === RETRIES || Date.now() - started + BETWEEN_MS > TOTAL_MS) {
        return false;
      }
      await pause(BETWEEN_MS);
    }
  }

  private async post(
    url: AttemptEntry['url'],
    sid: string,
    params: Readonly<Record<string, string>>,
    copy: AttemptEntry['copy'],
  ): Promise<AttemptEntry> {
    const target = url === 'webhook' ? this.webhookUrl : this.fallbackUrl;
    const began = Date.now();
    const started = performance.now();
    const entry = (status: number | null, error?: string): AttemptEntry => ({
      ...{ kind: 'attempt', sid, url, copy, began, ended: began + (performance.now() - started), status },
      ...(error !== undefined && { error }),
    });
    let result: AttemptEntry;
    try {
      const response = await request(target, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-twilio-signature': getExpectedTwilioSignature(TEST_AUTH_TOKEN, target, params),
        },
        body: new URLSearchParams(params).toString(),
        dispatcher: this.agent,
        headersTimeout: READ_MS,
        bodyTimeout: READ_MS,
      });
      // The answer counts once it is whole.
      await response.body.text();
      result = entry(response.statusCode);
    } catch (error) {
      result = entry(null, (error as { code?: string }).code ?? (error as Error).message);
    }
    this.journal.write(result);
    return result;
  }
}
