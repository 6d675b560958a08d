import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LiveSettings } from '../live-settings';
import { WebhookClient } from '../webhooks/webhook-client';
import { WebhookLog } from '../webhooks/webhook-log';
import type { CloudEvent } from './cloud-event';

const MOST_WAITING = 10_000;
const MOST_IN_BATCH = 100;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Event Streams with a webhook sink for every account: a second feed of the same messages and statuses, at least once, in batches. Twilio
 * retries for four hours (docs/events/event-delivery-and-duplication); here for as long as the sink is configured.
 */
@Injectable()
export class EventStream implements OnApplicationShutdown {
  private waiting: CloudEvent[] = [];
  private running = false;
  private stopped = false;

  constructor(
    private readonly settings: LiveSettings,
    private readonly client: WebhookClient,
    private readonly log: WebhookLog,
  ) {}

  emit(event: CloudEvent | undefined): void {
    if (event && this.settings.eventsUrl !== '') {
      this.waiting.push(event);
      if (this.waiting.length > MOST_WAITING) {
        this.waiting.shift();
      }
      void this.run();
    }
  }

  clear(): void {
    this.waiting = [];
  }

  onApplicationShutdown(): void {
    this.stopped = true;
  }

  private async run(): Promise<void> {
    if (this.running) {
      return;
    }
    this.running = true;
    let pauseMs = FIRST_PAUSE_MS;
    while (this.waiting.length > 0 && this.settings.eventsUrl !== '' && !this.stopped) {
      const accountSid = accountOf(this.waiting[0]);
      const batch = this.waiting.filter((event) => accountOf(event) === accountSid).slice(0, MOST_IN_BATCH);
      if (await this.post(accountSid, batch)) {
        this.waiting = this.waiting.filter((event) => !batch.includes(event));
        pauseMs = FIRST_PAUSE_MS;
      } else {
        await pause(pauseMs, undefined, { ref: false });
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
      }
    }
    this.running = false;
  }

  private async post(accountSid: string, batch: readonly CloudEvent[]): Promise<boolean> {
    const result = await this.client.postJson(this.settings.eventsUrl, batch, accountSid);
    const taken = result.status !== null && result.status >= 200 && result.status <= 299;
    this.log.record({
      ...result,
      kind: 'events',
      messageSid: '',
      phone: '',
      about: batch.map(({ type }) => type).join(', '),
      problem: taken ? null : { code: 93101, title: 'The sink did not take the events' },
    });
    return taken;
  }
}

/** Each account has a stream of its own, signed with its own token. */
const accountOf = (event: CloudEvent | undefined): string => String(event?.data['accountSid']);
