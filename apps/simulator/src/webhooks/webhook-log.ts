import { Injectable } from '@nestjs/common';
import { EventFeed } from '../control/event-feed';
import { BoundedLog } from '../shared/bounded-log';
import type { WebhookExchange } from './webhook-exchange';

const KEPT = 2_000;
const KEPT_BODY = 4_096;

/** The newest webhooks and callbacks with the shop's answers. */
@Injectable()
export class WebhookLog {
  private log = new BoundedLog<WebhookExchange>(KEPT);
  private lastSeq = 0;

  constructor(private readonly events: EventFeed) {}

  record(exchange: Omit<WebhookExchange, 'seq'>): WebhookExchange {
    this.lastSeq += 1;
    const recorded = { seq: this.lastSeq, ...exchange, body: exchange.body.slice(0, KEPT_BODY) };
    this.log.append(recorded);
    this.events.publish(() => ({ type: 'webhook', exchange: recorded }));
    return recorded;
  }

  after(seq: number, limit: number): WebhookExchange[] {
    return this.log.after(seq, limit);
  }

  clear(): void {
    this.log = new BoundedLog(KEPT);
  }
}
