import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import type { MessageSender, OutboundContent, OutboundMessage, SendOutcome } from '@app/messaging';
import type { MessageListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/message';
import { failedSend } from './failed-send';
import { traced } from './request-trace';
import { TwilioClients } from './twilio-clients';

@Injectable()
export class TwilioMessageSender implements MessageSender {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly clients: TwilioClients,
  ) {}

  async send(message: OutboundMessage): Promise<SendOutcome> {
    const statusCallback = this.statusCallback(message);
    const { result, trace } = await traced(statusCallback, () => this.post(message, statusCallback));
    return { ...result, trace };
  }

  private async post(
    { sender, address, body, content }: OutboundMessage,
    statusCallback: string,
  ): Promise<SendOutcome> {
    const client = this.clients.ofSender(sender);
    if (!client) {
      // It may have been one when this was written: what it has to say waits until it is one again.
      return {
        kind: 'rejected',
        action: 'stop_sender',
        code: null,
        message: 'no sender of the shop any more',
      };
    }
    try {
      const { sid } = await client.messages.create({
        from: sender,
        to: address,
        ...whatToSend(body, content),
        statusCallback,
      });
      return /^(SM|MM)[0-9a-fA-F]{32}$/.test(sid)
        ? { kind: 'accepted', sid }
        : { kind: 'uncertain', message: 'the answer holds no message SID' };
    } catch (error) {
      return failedSend(error);
    }
  }

  /** The query comes back in every callback and is covered by its signature. */
  private statusCallback({ id, attempt }: OutboundMessage): string {
    const url = new URL(this.settings.statusCallbackUrl);
    url.searchParams.set('m', id);
    url.searchParams.set('a', String(attempt));
    return url.href;
  }
}

function whatToSend(
  body: string,
  content: OutboundContent | null,
): Partial<MessageListInstanceCreateOptions> {
  switch (content?.type) {
    case undefined:
      return { body };
    case 'media':
      return { body, mediaUrl: [...content.urls] };
    case 'template':
      return { contentSid: content.contentSid, contentVariables: JSON.stringify(content.variables) };
  }
}
