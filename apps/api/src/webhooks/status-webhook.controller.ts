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
import { DeliveryService } from '@app/delivery';
import { Log, Metrics } from '@app/observability';
import { parseDeliveryReport, storableForm } from '@app/twilio';
import { FormBody } from './form-body';
import { TwilioSignatureGuard } from './twilio-signature.guard';
import { WebhookSource } from './webhook-source.decorator';

/** The status callback of every message that we send. */
@ApiExcludeController()
@Public()
@WebhookSource('twilio_status')
@Controller()
export class StatusWebhookController {
  constructor(
    private readonly delivery: DeliveryService,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(StatusWebhookController.name);
  }

  @Post('api/v1/whatsapp/status')
  @HttpCode(HttpStatus.NO_CONTENT)
  @UseGuards(TwilioSignatureGuard)
  async receive(@Req() { body, originalUrl }: FastifyRequest): Promise<void> {
    const observe = this.metrics.webhookSeconds.startTimer({ source: 'twilio_status' });
    const params = body instanceof FormBody ? body.params : {};
    try {
      const report = parseDeliveryReport(params, new URL(originalUrl, 'http://query.invalid').searchParams);
      if (report.ok) {
        await this.delivery.record(report.value, storableForm(params));
      } else {
        this.metrics.quarantined.inc({ reason: report.refusal.code });
        this.log.warn({ reason: report.refusal.detail }, 'Signed status callback ignored');
      }
    } catch (error) {
      this.log.error({ error: (error as Error).message }, 'Status callback could not be stored');
      throw new ServiceUnavailableException('the status could not be stored');
    } finally {
      observe();
    }
  }
}
