import { Injectable } from '@nestjs/common';
import { toChatMessage } from '../control/chat-view';
import { EventFeed } from '../control/event-feed';
import { newSid } from '../shared/sid';
import type { MessageMedia, SimulatedMessage } from './message';
import { MessageStore } from './message-store';

const DEADLINE_MS = 10_000;
const MOST_BYTES = 16 * 1_024 * 1_024;

/** Fetches what the shop's messages link to, as Twilio does, so that a phone shows Twilio's copy. What fails stays a link. */
@Injectable()
export class LinkedMedia {
  constructor(
    private readonly store: MessageStore,
    private readonly events: EventFeed,
  ) {}

  async fetchFor(message: SimulatedMessage): Promise<void> {
    if (message.extras.media.length === 0) {
      return;
    }
    const media = await Promise.all(message.extras.media.map((item) => this.fetch(message, item)));
    if (!message.deleted && media.some(({ sid }) => sid !== null)) {
      message.extras = { ...message.extras, media };
      this.events.publish(() => ({ type: 'status', message: toChatMessage(message) }));
    }
  }

  private async fetch(message: SimulatedMessage, item: MessageMedia): Promise<MessageMedia> {
    try {
      const answer = await fetch(item.url, { signal: AbortSignal.timeout(DEADLINE_MS) });
      const contentType = answer.headers.get('content-type');
      const size = Number(answer.headers.get('content-length') ?? Infinity);
      if (!answer.ok || contentType === null || size > MOST_BYTES) {
        await answer.body?.cancel();
        return item;
      }
      const bytes = Buffer.from(await answer.arrayBuffer());
      const sid = newSid('ME');
      this.store.addMedia({ sid, messageSid: message.sid, contentType, bytes, createdAt: Date.now() });
      return { sid, url: item.url, contentType };
    } catch {
      return item;
    }
  }
}
