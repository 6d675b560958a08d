import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, request } from 'undici';
import { Accounts } from '../accounts';
import { readWebhookTarget, type RetryReason, type WebhookTarget } from './connection-override';
import { signJson, signRequest, type SignedRequest, type WebhookParameters } from './signed-request';
import type { WebhookAttempt } from './webhook-exchange';

export interface WebhookResult {
  readonly url: string;
  readonly attempts: readonly WebhookAttempt[];
  readonly status: number | null;
  readonly ms: number;
  readonly contentType: string | null;
  readonly body: string;
}

interface Answer {
  readonly attempt: WebhookAttempt;
  readonly reason: RetryReason | null;
  readonly contentType: string | null;
  readonly body: string;
}

const CONNECT_ERRORS = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Posts what Twilio would post, in Twilio's way: signed, over kept-alive connections, retried as the URL's fragment says. */
@Injectable()
export class WebhookClient implements OnApplicationShutdown {
  private readonly agents = new Map<number, Agent>();

  constructor(private readonly accounts: Accounts) {}

  /** @param accountSid whose token signs */
  async post(
    configuredUrl: string,
    parameters: WebhookParameters,
    accountSid: string,
    forged = false,
  ): Promise<WebhookResult> {
    const target = readWebhookTarget(configuredUrl);
    const { authToken } = this.accounts.of(accountSid);
    return this.attemptAll(target, signRequest(parameters, { authToken, forged, ...target }));
  }

  async postJson(configuredUrl: string, json: unknown, accountSid: string): Promise<WebhookResult> {
    const target = readWebhookTarget(configuredUrl);
    const { authToken } = this.accounts.of(accountSid);
    return this.attemptAll(target, signJson(json, { authToken, ...target }));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.agents.values()].map((agent) => agent.destroy()));
  }

  private async attemptAll(target: WebhookTarget, signed: SignedRequest): Promise<WebhookResult> {
    const started = performance.now();
    const attempts: WebhookAttempt[] = [];
    for (;;) {
      const left = target.override.totalMs - (performance.now() - started);
      const answer = await this.attempt(target, signed, left);
      attempts.push(answer.attempt);
      const retry =
        answer.reason !== null &&
        target.override.retryOn.has(answer.reason) &&
        attempts.length <= target.override.retries &&
        performance.now() - started < target.override.totalMs;
      if (!retry) {
        const { contentType, body, attempt } = answer;
        const ms = elapsed(started);
        return { url: signed.url, attempts, status: attempt.status, ms, contentType, body };
      }
    }
  }

  private async attempt(target: WebhookTarget, signed: SignedRequest, leftMs: number): Promise<Answer> {
    const at = Date.now();
    const started = performance.now();
    try {
      const response = await request(signed.url, {
        method: 'POST',
        headers: signed.headers,
        body: signed.body,
        dispatcher: this.agent(target.override.connectMs),
        headersTimeout: target.override.readMs,
        bodyTimeout: target.override.readMs,
        signal: AbortSignal.timeout(Math.max(1, Math.round(leftMs))),
      });
      const body = await response.body.text();
      const status = response.statusCode;
      return {
        attempt: { at, ms: elapsed(started), status, error: null },
        reason: statusReason(status),
        contentType: firstOf(response.headers['content-type']),
        body,
      };
    } catch (error) {
      const failure = describe(error);
      return {
        attempt: { at, ms: elapsed(started), status: null, error: failure.text },
        reason: failure.reason,
        contentType: null,
        body: '',
      };
    }
  }

  private agent(connectMs: number): Agent {
    let agent = this.agents.get(connectMs);
    if (!agent) {
      agent = new Agent({ connect: { timeout: connectMs }, connections: 128, keepAliveTimeout: 10_000 });
      this.agents.set(connectMs, agent);
    }
    return agent;
  }
}

function statusReason(status: number): RetryReason | null {
  if (status >= 500) {
    return '5xx';
  }
  return status >= 400 ? '4xx' : null;
}

/** A connection that breaks after the request was written counts as a failed read. */
function describe(error: unknown): { text: string; reason: RetryReason } {
  const code = textOf(error, 'code') ?? textOf(error, 'name') ?? 'ERROR';
  const message = textOf(error, 'message') ?? '';
  return {
    text: message === '' || message.includes(code) ? message || code : `${code}: ${message}`,
    reason: CONNECT_ERRORS.has(code) ? 'ct' : 'rt',
  };
}

/** By shape, not by `instanceof`: Node's own errors come from another realm under jest. */
function textOf(error: unknown, property: string): string | undefined {
  const value: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, property) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function firstOf(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}

function elapsed(started: number): number {
  return Math.round((performance.now() - started) * 10) / 10;
}
