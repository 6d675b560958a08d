import {
  Controller,
  Get,
  Header,
  HttpCode,
  HttpStatus,
  Post,
  Req,
  ServiceUnavailableException,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@app/access';
import { type Arrival, Ingress } from '@app/ingress';
import { Log, maskAddress, Metrics } from '@app/observability';
import { type Expected, type FormParams, parseInboundMessage, storableForm } from '@app/twilio';
import { ExpectedSource } from './expected-source';
import { TwilioSignatureGuard } from './twilio-signature.guard';
import type { VerifiedRequest } from './verified-request';
import { FormBody } from './webhook-body';
import { WebhookSource } from './webhook-source.decorator';

/** A text/plain "OK" would be sent to the shopper as a message; empty TwiML says nothing (twilio.com/docs/messaging/twiml). */
const EMPTY_TWIML = '<Response/>';

/** The inbound webhook: save, then 200. */
@ApiExcludeController()
@Public()
@Controller()
export class InboundWebhookController {
  constructor(
    private readonly expected: ExpectedSource,
    private readonly ingress: Ingress,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(InboundWebhookController.name);
  }

  /** For people who open the URL in a browser; Twilio never calls it. */
  @Get('api/v1/whatsapp/webhook')
  @Header('content-type', 'text/plain; charset=utf-8')
  smokeTest(): string {
    return 'OK';
  }

  @Post(['api/v1/whatsapp/webhook', 'webhooks/twilio/whatsapp'])
  @HttpCode(HttpStatus.OK)
  @Header('content-type', 'text/xml; charset=utf-8')
  @WebhookSource('twilio')
  @UseGuards(TwilioSignatureGuard)
  async receive(@Req() { id, body, verification }: VerifiedRequest): Promise<string> {
    const observe = this.metrics.webhookSeconds.startTimer({ source: 'twilio' });
    try {
      await this.store(body instanceof FormBody ? body.params : {}, this.expected.of(verification), {
        source: verification?.way === 'fallback' ? 'fallback' : 'webhook',
        correlationId: id,
      });
      return EMPTY_TWIML;
    } catch (error) {
      // Twilio's retries and its fallback URL take over; a 200 here would lose the message.
      this.log.error({ error: (error as Error).message, correlationId: id }, 'Webhook could not be stored');
      throw new ServiceUnavailableException('the message could not be stored');
    } finally {
      observe();
    }
  }

  private async store(params: FormParams, expected: Expected, arrival: Arrival): Promise<void> {
    const { source, correlationId } = arrival;
    const parsed = parseInboundMessage(params, expected);
    if (!parsed.ok) {
      const { code, detail } = parsed.refusal;
      await this.ingress.quarantine(`${code}: ${detail}`, storableForm(params));
      this.metrics.quarantined.inc({ reason: code });
      this.log.warn({ reason: code, correlationId }, 'Signed webhook quarantined');
      return;
    }
    const message = parsed.value;
    const { repeated } = await this.ingress.message(message, storableForm(params), arrival);
    this.log.info(
      {
        message_sid: message.sid,
        from: maskAddress(message.address),
        source,
        correlationId,
        ...(repeated && { repeated }),
      },
      'Twilio webhook received',
    );
  }
}
