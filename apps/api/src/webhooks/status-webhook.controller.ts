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
import { Public } from '@app/access';
import { Ingress } from '@app/ingress';
import { Log, Metrics } from '@app/observability';
import { type Expected, type FormParams, parseDeliveryReport, storableForm } from '@app/twilio';
import { ExpectedSource } from './expected-source';
import { TwilioSignatureGuard } from './twilio-signature.guard';
import type { VerifiedRequest } from './verified-request';
import { FormBody } from './webhook-body';
import { WebhookSource } from './webhook-source.decorator';

/** The status callback of every message that we send. */
@ApiExcludeController()
@Public()
@Controller()
export class StatusWebhookController {
  constructor(
    private readonly expected: ExpectedSource,
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
  async receive(@Req() { id, body, originalUrl, verification }: VerifiedRequest): Promise<void> {
    const observe = this.metrics.webhookSeconds.startTimer({ source: 'twilio_status' });
    const params = body instanceof FormBody ? body.params : {};
    try {
      const report = parseDeliveryReport(params, new URL(originalUrl, 'http://query.invalid').searchParams);
      if (isOfAnotherAccount(params, this.expected.of(verification))) {
        this.metrics.quarantined.inc({ reason: 'WRONG_ACCOUNT' });
        this.log.warn(
          { reason: 'From is not a sender of the account that signed' },
          'Signed status callback ignored',
        );
      } else if (report.ok) {
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

/** One account has nothing to say about what a sender of another one sent. */
function isOfAnotherAccount({ From: from }: FormParams, { provenAccount, accountOf }: Expected): boolean {
  const owner = typeof from === 'string' ? accountOf(from) : undefined;
  return owner !== undefined && provenAccount !== null && owner !== provenAccount;
}
