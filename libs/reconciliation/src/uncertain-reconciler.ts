import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Ingress } from '@app/ingress';
import { type ListedSend, MESSAGE_ARCHIVE, type MessageArchive } from '@app/messaging';
import { Log, maskAddress } from '@app/observability';
import { type DoubtfulMessage, OutboundDoubts } from '@app/outbox';
import { ComparedRepository } from './compared.repository';
import { recognise } from './domain/recognise';

/** Looked for at the same time; each is one call of Twilio. */
const AT_ONCE = 16;

/** A call has ten seconds. Whoever dies meanwhile keeps nobody's message for longer. */
const LEASE_MS = 12_000;

/** Clocks differ, and Twilio's has no fractions. */
const CLOCKS_DIFFER_MS = 5_000;

/** Looks in Twilio's list for messages that may or may not have gone out, and ends the doubt. */
@Injectable()
export class UncertainReconciler implements OnModuleDestroy {
  private stopping = false;

  constructor(
    @Inject(MESSAGE_ARCHIVE) private readonly archive: MessageArchive,
    private readonly doubts: OutboundDoubts,
    private readonly compared: ComparedRepository,
    private readonly ingress: Ingress,
    private readonly log: Log,
  ) {
    log.setContext(UncertainReconciler.name);
  }

  /** From the first moment of a stop only the looks that have begun are finished. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** Looks for what is due; any number of processes may do so at the same time. */
  async lookForDue(): Promise<void> {
    let due: DoubtfulMessage[];
    do {
      due = await this.doubts.due(LEASE_MS, AT_ONCE);
      await Promise.all(due.map((message) => this.lookFor(message)));
    } while (due.length === AT_ONCE && !this.stopping);
  }

  private async lookFor(message: DoubtfulMessage): Promise<void> {
    const { sender, address, claimedAt } = message;
    const since = new Date(claimedAt.getTime() - CLOCKS_DIFFER_MS);
    const asked = await this.archive.listSent(sender, address, since);
    if (asked.kind !== 'found') {
      await this.notFound(message, 'unavailable', asked.message);
      return;
    }
    const adopted = await this.adopt(message, asked.value);
    if (!adopted) {
      await this.notFound(message, 'absent', 'not in the list');
      return;
    }
    this.log.info(
      { message_sid: adopted.sid, phone: maskAddress(address) },
      "An uncertain message was found in Twilio's list",
    );
    await this.ingress.status(
      {
        sid: adopted.sid,
        status: adopted.status,
        errorCode: adopted.errorCode,
        messageId: message.id,
        attempt: message.attempt,
      },
      { source: 'reconcile' },
    );
  }

  private async adopt(
    message: DoubtfulMessage,
    listed: readonly ListedSend[],
  ): Promise<ListedSend | undefined> {
    const candidates = recognise(listed, message.body);
    const known = await this.compared.known(candidates.map(({ sid }) => sid));
    for (const candidate of candidates.filter(({ sid }) => !known.has(sid))) {
      if (await this.doubts.adopt(message, candidate.sid)) {
        return candidate;
      }
    }
    return undefined;
  }

  private async notFound(
    message: DoubtfulMessage,
    look: 'absent' | 'unavailable',
    why: string,
  ): Promise<void> {
    const next = await this.doubts.notFound(message, look);
    const line = { phone: maskAddress(message.address), error: why, attempts: message.attempt };
    switch (next.kind) {
      case 'look_again':
        this.log.debug({ ...line, afterMs: next.afterMs }, 'An uncertain message was looked for');
        return;
      case 'resend':
        this.log.warn(line, 'An uncertain message never reached Twilio: it is sent again');
        return;
      case 'give_up':
        this.log.error({ ...line, error: next.why }, 'An uncertain message was given up');
    }
  }
}
