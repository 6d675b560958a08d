import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import { DeliveryService } from '../messages/delivery.service';
import { MessageStore } from '../messages/message-store';
import type { Phone, PhoneChanges } from '../phones/phone';
import { PhoneBook } from '../phones/phone-book';
import { PhoneService, type SendingReport } from '../phones/phone.service';
import { readFromPhone } from '../phones/read-from-phone';
import { isWhatsappAddress, toWhatsappAddress } from '../shared/address';
import { toChatMessage, type ChatMessage } from './chat-view';
import { Fields } from './fields';

@Controller('simulator/phones')
export class PhonesController {
  constructor(
    private readonly phones: PhoneBook,
    private readonly sending: PhoneService,
    private readonly delivery: DeliveryService,
    private readonly store: MessageStore,
  ) {}

  @Get()
  list(): Phone[] {
    return this.phones.shown();
  }

  @Post()
  add(@Body() body: unknown): Phone {
    const address = addressOf(new Fields(body).text('address'));
    return this.phones.show(address, readChanges(new Fields(body)));
  }

  @Patch(':address')
  change(@Param('address') typed: string, @Body() body: unknown): Phone {
    const phone = this.phones.show(addressOf(typed), readChanges(new Fields(body)));
    this.delivery.resume(phone.address);
    return phone;
  }

  @Delete(':address')
  @HttpCode(204)
  remove(@Param('address') typed: string): void {
    const address = addressOf(typed);
    this.store.forgetPhone(address);
    this.phones.remove(address);
  }

  @Get(':address/messages')
  chat(@Param('address') typed: string, @Query('after') after = '0'): ChatMessage[] {
    return this.store.chat(addressOf(typed), Number(after) || 0).map(toChatMessage);
  }

  @Post(':address/messages')
  send(@Param('address') typed: string, @Body() body: unknown): Promise<SendingReport> {
    const { sent, posting } = readFromPhone(body);
    return this.sending.send(addressOf(typed), sent, posting);
  }

  @Post(':address/read')
  @HttpCode(200)
  async read(@Param('address') typed: string): Promise<{ read: number }> {
    return { read: await this.delivery.read(addressOf(typed)) };
  }
}

function addressOf(typed: string): string {
  const address = toWhatsappAddress(typed);
  if (!isWhatsappAddress(address)) {
    throw new BadRequestException(`${typed} is neither a phone number nor a business-scoped user id`);
  }
  return address;
}

function readChanges(fields: Fields): PhoneChanges {
  const changes: PhoneChanges = {};
  const name = fields.optionalText('name');
  if (name !== undefined && name !== '') {
    changes.name = name;
  }
  if (fields.has('externalUserId')) {
    changes.externalUserId = fields.optionalText('externalUserId') ?? null;
  }
  for (const flag of ['readsAutomatically', 'online', 'windowClosed'] as const) {
    if (fields.has(flag)) {
      changes[flag] = fields.flag(flag, true);
    }
  }
  if (fields.has('fails')) {
    changes.fails = readFailure(fields.value('fails'));
  }
  fields.value('address');
  fields.value('externalUserId');
  fields.refuseOthers();
  return changes;
}

function readFailure(value: unknown): Phone['fails'] {
  if (value === null || value === false) {
    return null;
  }
  const fields = new Fields(value, 'fails');
  return {
    status: fields.oneOf('status', ['failed', 'undelivered'], 'undelivered'),
    errorCode: fields.number('errorCode', 63016),
  };
}
