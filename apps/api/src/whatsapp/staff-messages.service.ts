import { Injectable } from '@nestjs/common';
import type { Staff } from '@app/access';
import { ConversationsService } from '@app/conversation';
import { Senders } from '@app/config';
import { Database } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import { PictureCheck } from '@app/media';
import { type Lane, OutboxService } from '@app/outbox';
import { TemplatesService } from '@app/templates';
import { toRecipient } from '../http/recipient';
import { toSender } from '../http/sender';
import type { SendRequest } from './send.request';

/** Messages that staff write. */
@Injectable()
export class StaffMessagesService {
  constructor(
    private readonly senders: Senders,
    private readonly database: Database,
    private readonly conversations: ConversationsService,
    private readonly outbox: OutboxService,
    private readonly templates: TemplatesService,
    private readonly pictures: PictureCheck,
  ) {}

  /**
   * Stores the message and rings for a worker; the id of its row. Outside the conversation window it goes by the template
   * that is bound to staff's messages. Refusals: RECIPIENT_INVALID, SENDER_INVALID, RECIPIENT_OPTED_OUT,
   * WINDOW_CLOSED, PICTURE_REFUSED.
   */
  async send(
    { to, from, message: text, mediaUrl }: Omit<SendRequest, 'immediate'>,
    lane: Lane,
    by: Staff,
  ): Promise<Result<string>> {
    const recipient = toRecipient(to);
    if (!recipient.ok) {
      return recipient;
    }
    const named = from === undefined ? undefined : toSender(this.senders, from, 'from');
    if (named?.ok === false) {
      return named;
    }
    const picture = mediaUrl === undefined ? undefined : await this.pictures.sendable(mediaUrl, 'mediaUrl');
    if (picture?.ok === false) {
      return picture;
    }
    const stored = await this.database.transaction(async (tx) => {
      const { conversationId } = await this.conversations.openFor(tx, recipient.value, named?.value);
      const conversation = await this.conversations.find(tx, conversationId);
      if (!conversation || conversation.optedOut) {
        return refuse('RECIPIENT_OPTED_OUT', 'The recipient asked for no messages.');
      }
      const { sender, address, language, windowOpen } = conversation;
      const template = await this.templates.inPlaceOf(tx, {
        topic: 'staff',
        sender,
        language,
        fields: { text },
      });
      if (!windowOpen && !template.ok) {
        return template;
      }
      const id = await this.outbox.write(tx, {
        conversationId,
        sender,
        address,
        lane,
        topic: 'staff',
        text,
        standIn: template.ok ? template.value : undefined,
        ...(picture && { content: { type: 'media', urls: [picture.value] } }),
        inReplyTo: [],
        correlationId: by.correlationId,
      });
      return ok({ id, conversationId });
    });
    if (!stored.ok) {
      return stored;
    }
    const { id, conversationId } = stored.value;
    await this.outbox.ring(conversationId, id);
    return ok(id);
  }
}
