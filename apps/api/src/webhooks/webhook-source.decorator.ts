import type { CustomDecorator } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** A way in by which Twilio calls us: the label `source` of the metrics. */
export type WebhookSource = 'twilio' | 'twilio_status' | 'twilio_events';

interface WebhookConfig {
  webhookSource?: WebhookSource;
}

/** Makes a route one of Twilio's, known before its body is read. */
export const WebhookSource = (webhookSource: WebhookSource): CustomDecorator =>
  RouteConfig({ webhookSource } satisfies WebhookConfig);

/** Which of Twilio's ways in a request takes; `undefined` for every other route. */
export function webhookSourceOf(request: Pick<FastifyRequest, 'routeOptions'>): WebhookSource | undefined {
  return (request.routeOptions.config as WebhookConfig).webhookSource;
}
