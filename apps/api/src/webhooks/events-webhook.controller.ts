import { setTimeout as pause } from 'node:timers/promises';
import {
  Controller,
  HttpCode,
  HttpStatus,
  Inject,
  Post,
  Req,
  ServiceUnavailableException,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@app/access';
import { SETTINGS, type Settings } from '@app/config';
import { InboxService } from '@app/inbox';
import { Ingress } from '@app/ingress';
import { within } from '@app/kernel';
import type { InboundMessage } from '@app/messaging';
import { Log, maskAddress, Metrics, newCorrelationId } from '@app/observability';
import {
  type Expected,
  type FormParams,
  parseStreamEvent,
  storableForm,
  streamEventParams,
} from '@app/twilio';
import { ExpectedSource } from './expected-source';
import { TwilioSignatureGuard } from './twilio-signature.guard';
import type { VerifiedRequest } from './verified-request';
import { RawBody } from './webhook-body';
import { WebhookSource } from './webhook-source.decorator';

/** Twilio waits five seconds for a sink. */
const DEADLINE_MS = 4_500;

/** Twilio gives a webhook and its fallback fifteen seconds each; an event that old has overtaken nothing. */
const WEBHOOK_MAY_COME_MS = 30_000;
const HEAD_START_MS = 1_500;

/** The Event Streams sink: a second way in for what the webhooks tell, one batch a request. */
@ApiExcludeController()
@Public()
@Controller()
export class EventsWebhookController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly expected: ExpectedSource,
    private readonly ingress: Ingress,
    private readonly inbox: InboxService,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(EventsWebhookController.name);
  }

  @Post('webhooks/twilio/events')
  @HttpCode(HttpStatus.NO_CONTENT)
  @WebhookSource('twilio_events')
  @UseGuards(TwilioSignatureGuard)
  async receive(@Req() { id, body, verification }: VerifiedRequest): Promise<void> {
    const observe = this.metrics.webhookSeconds.startTimer({ source: 'twilio_events' });
    try {
      await within(
        DEADLINE_MS,
        this.storeAll(body instanceof RawBody ? body.bytes : Buffer.of(), this.expected.of(verification)),
        'not stored',
      );
    } catch (error) {
      // Twilio sends the batch again, for up to four hours; what is stored already is known then.
      this.log.error({ error: (error as Error).message, correlationId: id }, 'Events could not be stored');
      throw new ServiceUnavailableException('not every event could be stored');
    } finally {
      observe();
    }
  }

  /** @throws Error when one was not stored; all the others are, for one never holds up its neighbours */
  private async storeAll(bytes: Buffer, expected: Expected): Promise<void> {
    const events = readBatch(bytes);
    if (!events) {
      this.metrics.streamEvents.inc({ kind: 'other', outcome: 'quarantined' });
      await this.ingress.quarantine('WRONG_SHAPE: no JSON array', storableForm({ body: bytes.toString() }));
      return;
    }
    const done = await Promise.all(
      [...lanesOf(events.map(streamEventParams)).values()].map(async (lane) => {
        const failures: Error[] = [];
        for (const params of lane) {
          await this.store(params, expected, newCorrelationId()).catch((error: unknown) =>
            failures.push(error as Error),
          );
        }
        return failures;
      }),
    );
    const [failure] = done.flat();
    if (failure) {
      throw failure;
    }
  }

  private async store(params: FormParams, expected: Expected, correlationId: string): Promise<void> {
    const { statusCallbackUrl } = this.settings;
    const parsed = parseStreamEvent(params, { ...expected, statusCallbackUrl });
    const count = (kind: string, outcome: string): void => {
      this.metrics.streamEvents.inc({ kind, outcome });
    };
    if (!parsed.ok) {
      const { code, detail } = parsed.refusal;
      await this.ingress.quarantine(`${code}: ${detail}`, params);
      this.metrics.quarantined.inc({ reason: code });
      count('other', 'quarantined');
      return;
    }
    const event = parsed.value;
    switch (event.kind) {
      case 'message': {
        const { repeated } = await this.storeMessage(event.message, event.sentAt, params, correlationId);
        count('message', repeated ? 'repeated' : 'stored');
        break;
      }
      case 'status':
        await this.ingress.status(event.report, params);
        count('status', 'stored');
        break;
      case 'other':
        count('other', 'ignored');
    }
  }

  private async storeMessage(
    message: InboundMessage,
    sentAt: number | null,
    params: FormParams,
    correlationId: string,
  ): Promise<{ repeated: boolean }> {
    const { sid, address } = message;
    if (
      sentAt !== null &&
      Math.abs(Date.now() - sentAt) < WEBHOOK_MAY_COME_MS &&
      !(await this.isKnown(sid))
    ) {
      // Whichever comes first is kept, and the webhook holds more: the tap, the pin, the picture.
      await pause(HEAD_START_MS);
    }
    const stored = await this.ingress.message(message, params, {
      source: 'events',
      correlationId,
    });
    if (!stored.repeated) {
      this.log.info(
        { message_sid: sid, from: maskAddress(address), source: 'events', correlationId },
        'Twilio event brought a message that no webhook did',
      );
    }
    return stored;
  }

  private async isKnown(sid: string): Promise<boolean> {
    return (await this.inbox.find(sid).catch(() => undefined)) !== undefined;
  }
}

/** One shopper's events keep their order. */
function lanesOf(events: readonly FormParams[]): Map<string, FormParams[]> {
  const lanes = new Map<string, FormParams[]>();
  for (const params of events) {
    const from = String(params['from']);
    lanes.set(from, [...(lanes.get(from) ?? []), params]);
  }
  return lanes;
}

/** A sink that does not batch sends its one event in an array, too, or alone. */
function readBatch(bytes: Buffer): unknown[] | undefined {
  try {
    const batch = JSON.parse(bytes.toString()) as unknown;
    return Array.isArray(batch) ? batch : typeof batch === 'object' && batch !== null ? [batch] : undefined;
  } catch {
    return undefined;
  }
}
