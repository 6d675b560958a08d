import { Injectable } from '@nestjs/common';
import { Log, Metrics } from '@app/observability';
import { ProblemException } from '../http/problem.exception';
import { Occasional } from './occasional';
import type { WebhookSource } from './webhook-source.decorator';

/** The answer to what nobody signed for us. */
export function signatureInvalid(): ProblemException {
  return new ProblemException({
    code: 'SIGNATURE_INVALID',
    detail: 'X-Twilio-Signature is missing or does not fit this request under the configured public URL.',
  });
}

/** Why a webhook was refused: no or no possible signature, one that does not fit, and what is refused unread. */
export type RefusalCause = 'unsigned' | 'signature' | 'too_large' | 'media_type';

const LINE_EVERY_MS = 10_000;
/** As many clients at a time have lines of their own; a flood from more of them shares one. */
const MOST_CLIENTS = 1_000;

/** Counts every refused webhook and tells of them seldom enough that a flood cannot fill a disk. */
@Injectable()
export class Refusals {
  private readonly lines = new Occasional(LINE_EVERY_MS, MOST_CLIENTS);

  constructor(
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(Refusals.name);
  }

  add(source: WebhookSource, cause: RefusalCause, client: string): void {
    this.metrics.webhookRefused.inc({ source, cause });
    if (cause === 'unsigned' || cause === 'signature') {
      this.metrics.signatureErrors.inc({ source });
    }
    const line = this.lines.next(`${client} ${cause}`, Date.now());
    if (line) {
      const { shared, suppressed } = line;
      this.log.warn(
        { source, cause, client: shared ? 'many' : client, ...(suppressed > 0 && { suppressed }) },
        'Webhook refused',
      );
    }
  }
}
