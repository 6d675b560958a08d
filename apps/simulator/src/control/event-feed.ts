import { Injectable } from '@nestjs/common';
import { auditTime, buffer, mergeAll, type Observable, Subject } from 'rxjs';
import type { Phone } from '../phones/phone';
import type { WebhookExchange } from '../webhooks/webhook-exchange';
import type { ChatMessage } from './chat-view';

export type SimulatorEvent =
  | { readonly type: 'message'; readonly message: ChatMessage }
  | { readonly type: 'status'; readonly message: ChatMessage }
  | { readonly type: 'phone'; readonly phone: Phone }
  | { readonly type: 'phoneRemoved'; readonly address: string }
  | { readonly type: 'typing'; readonly address: string }
  | { readonly type: 'webhook'; readonly exchange: WebhookExchange }
  | { readonly type: 'faults' }
  | { readonly type: 'reset' };

/** Events of so short a time share a write: under load each of its own cost more than the send that it tells of. */
const TOGETHER_MS = 2;

/** What the phone page hears. An event is only built when someone listens, so load runs don't pay for it. */
@Injectable()
export class EventFeed {
  private readonly subject = new Subject<SimulatorEvent>();

  publish(build: () => SimulatorEvent): void {
    if (this.subject.observed) {
      this.subject.next(build());
    }
  }

  stream(): Observable<SimulatorEvent> {
    return this.subject.pipe(buffer(this.subject.pipe(auditTime(TOGETHER_MS))), mergeAll());
  }
}
