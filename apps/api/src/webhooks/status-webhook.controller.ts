import {
  Controller,
  HttpCode,
  HttpStatus,
  Post,
  Req,
  ServiceUnavailableException,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '@app/access';
import { Ingress } from '@app/ingress';
import { Log, Metrics } from '@app/observability';
import { parseDeliveryReport, storableForm } from '@app/twilio';
import { TwilioSignatureGuard } from './twilio-signature.guard';
import { FormBody } from './webhook-body';
import { WebhookSource } from './webhook-source.decorator';

/** The status callback of every message that we send. */
@ApiExcludeController()
@Public()
@Controller()
export class StatusWebhookController {
  constructor(
    private readonly ingress: Ingress,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(StatusWebhookController.name);
  }

  @Post('api/v1/whatsapp/status')
  @HttpCode(HttpStatus.NO_CONTENT)
  @WebhookSource('twilio_status')
  @UseGuards(TwilioSignatureGuard)
  async receive(@Req() { id, body, originalUrl }: FastifyRequest): Promise<void> {
    const observe = this.metrics.webhookSeconds.startTimer({ source: 'twilio_status' });
    const params = body instanceof FormBody ? body.params : {};
    try {
      const report = parseDeliveryReport(params, new URL(originalUrl, 'http://query.invalid').searchParams);
      if (report.ok) {
        await this.ingress.status(report.value, storableForm(params));
      } else {
        this.metrics.quarantined.inc({ reason: report.refusal.code });
        this.log.warn({ reason: report.refusal.detail, correlationId: id }, 'Signed status callback ignored');
      }
    } catch (error) {
      this.log.error(
        { error: (error as Error).message, correlationId: id },
        'Status callback could not be stored',
      );
      throw new ServiceUnavailableException('the status could not be stored');
    } finally {
      observe();
    }
  }
}
