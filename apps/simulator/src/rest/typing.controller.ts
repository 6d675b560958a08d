import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { EventFeed } from '../control/event-feed';
import { MessageStore } from '../messages/message-store';
import { formOf } from './form-body';
import { TwilioAuthGuard } from './twilio-auth.guard';
import { refusals } from './twilio-error';

/** Twilio's typing indicator: the shop is writing an answer to one message of the conversation. */
@Controller('v2/Indicators')
@UseGuards(TwilioAuthGuard)
export class TypingController {
  constructor(
    private readonly store: MessageStore,
    private readonly events: EventFeed,
  ) {}

  @Post('Typing.json')
  @HttpCode(200)
  type(@Body() body: unknown): { success: boolean } {
    const message = this.store.find(formOf(body).get('messageId') ?? '');
    if (!message) {
      throw refusals.parameterInvalid('messageId');
    }
    this.events.publish(() => ({ type: 'typing', address: message.phone }));
    return { success: true };
  }
}
