import { Inject, Injectable } from '@nestjs/common';
import { Ingress } from '@app/ingress';
import { type ListedMessage, MESSAGE_ARCHIVE, type MessageArchive } from '@app/messaging';
import { Log, maskAddress, Metrics, newCorrelationId } from '@app/observability';
import { ComparedRepository } from './compared.repository';
import { byShopper, sift, type Span } from './domain/compare';
import { daysSince } from './domain/days';
import type { Hold } from './hold';

/** 200,000 messages of one day: a list that is longer is not what we asked for. */
const MOST_PAGES = 200;

/** Shoppers whose messages are stored side by side; one shopper's go one after the other. */
const LANES = 8;

/** What a comparison of shoppers' messages saw and did. */
export interface InboundCounts {
  /** Looked at: known ones too. */
  listed: number;
  /** Stored now, because no other way in had brought them. */
  recovered: number;
  /** Missing, but left to the webhook, which may still come. */
  young: number;
  /** In the list, but not in a shape that we know. */
  unusable: number;
}

/** `unlisted`: the provider has no list. `unfinished`: the next pass goes on. */
export type Ending = { kind: 'complete' } | { kind: 'unlisted' } | { kind: 'unfinished'; why: string };

/** Compares what Twilio says shoppers sent with what we have, and stores what is missing. */
@Injectable()
export class InboundReconciler {
  constructor(
    @Inject(MESSAGE_ARCHIVE) private readonly archive: MessageArchive,
    private readonly compared: ComparedRepository,
    private readonly ingress: Ingress,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(InboundReconciler.name);
  }

  /** A day at a time, oldest first: the mark moves with every day, so that a pass that ends early is not begun anew. */
  async compare(sender: string, span: Span, hold: Hold): Promise<InboundCounts & { ending: Ending }> {
    const counts: InboundCounts = { listed: 0, recovered: 0, young: 0, unusable: 0 };
    for (const day of daysSince(span.since, span.until)) {
      const ending = await this.compareDay(sender, day, span, hold, counts);
      if (ending.kind !== 'complete') {
        return { ...counts, ending };
      }
    }
    return { ...counts, ending: { kind: 'complete' } };
  }

  private async compareDay(
    sender: string,
    day: string,
    span: Span,
    hold: Hold,
    counts: InboundCounts,
  ): Promise<Ending> {
    const within: ListedMessage[] = [];
    const young: ListedMessage[] = [];
    let page: string | null = null;
    let pages = 0;
    do {
      if (!(await hold.keep())) {
        return stopped;
      }
      const asked = await this.archive.list(sender, day, page);
      if (asked.kind !== 'found') {
        return asked.kind === 'absent' ? { kind: 'unlisted' } : { kind: 'unfinished', why: asked.message };
      }
      const sifted = sift(asked.value.messages, span);
      counts.listed += asked.value.messages.length;
      within.push(...sifted.within);
      young.push(...sifted.young);
      page = sifted.last ? null : asked.value.next;
      pages += 1;
    } while (page !== null && pages < MOST_PAGES);
    counts.young += (await this.missing(young)).length;
    const ending = await this.store(sender, await this.missing(within), hold, counts);
    if (ending.kind !== 'complete' || page !== null) {
      return page === null ? ending : { kind: 'unfinished', why: `more than ${MOST_PAGES} pages` };
    }
    const newest = within[0]?.createdAt ?? null;
    return newest === null || (await hold.keep(newest.toISOString())) ? ending : stopped;
  }

  private async missing(messages: readonly ListedMessage[]): Promise<readonly ListedMessage[]> {
    const known = await this.compared.known(messages.map(({ sid }) => sid));
    return messages.filter(({ sid }) => !known.has(sid));
  }

  private async store(
    sender: string,
    newestFirst: readonly ListedMessage[],
    hold: Hold,
    counts: InboundCounts,
  ): Promise<Ending> {
    const shoppers = byShopper(newestFirst).values();
    let ending: Ending = { kind: 'complete' };
    const lane = async (): Promise<void> => {
      for (const messages of shoppers) {
        for (const message of messages) {
          if (ending.kind === 'complete') {
            ending = (await hold.keep()) ? await this.recover(sender, message, counts) : stopped;
          }
        }
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return ending;
  }

  private async recover(sender: string, listed: ListedMessage, counts: InboundCounts): Promise<Ending> {
    const asked = await this.archive.read(sender, listed);
    if (asked.kind === 'unavailable') {
      return { kind: 'unfinished', why: asked.message };
    }
    if (asked.kind === 'absent') {
      counts.unusable += 1;
      this.log.warn({ message_sid: listed.sid, reason: asked.message }, 'Listed message cannot be used');
      return { kind: 'complete' };
    }
    const message = asked.value;
    const correlationId = newCorrelationId();
    const { repeated } = await this.ingress.message(message, listed.entry, {
      source: 'reconcile',
      correlationId,
    });
    if (!repeated) {
      counts.recovered += 1;
      this.metrics.reconciledMessages.inc();
      this.log.info(
        { message_sid: message.sid, from: maskAddress(message.address), correlationId },
        "Message recovered from Twilio's list",
      );
    }
    return { kind: 'complete' };
  }
}

const stopped: Ending = { kind: 'unfinished', why: 'the process stops, or another one compares' };
