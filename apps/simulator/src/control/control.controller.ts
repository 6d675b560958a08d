import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
  Sse,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { ContentStore } from '../content/content-store';
import { type TemplatePreview, toTemplatePreview } from '../content/template-preview';
import { FaultBoard } from '../faults/fault-board';
import { readFaults } from '../faults/read-faults';
import { MessageStore } from '../messages/message-store';
import type { WebhookExchange } from '../webhooks/webhook-exchange';
import { WebhookLog } from '../webhooks/webhook-log';
import { toAcceptedMessage, type AcceptedMessage } from './chat-view';
import { ControlService, type SimulatorState } from './control.service';
import { Counters } from './counters';
import { EventFeed, type SimulatorEvent } from './event-feed';

const DEFAULT_LIMIT = 1_000;

/** How tests, load runs and the phone page steer the simulator. Not part of Twilio. */
@Controller('simulator')
export class ControlController {
  constructor(
    private readonly control: ControlService,
    private readonly store: MessageStore,
    private readonly contents: ContentStore,
    private readonly log: WebhookLog,
    private readonly faults: FaultBoard,
    private readonly counters: Counters,
    private readonly events: EventFeed,
  ) {}

  @Get()
  state(): SimulatorState {
    return this.control.state();
  }

  @Patch()
  change(@Body() body: unknown): Promise<SimulatorState> {
    return this.control.change(body);
  }

  @Post('reset')
  @HttpCode(204)
  reset(): void {
    this.control.reset();
  }

  @Get('messages')
  messages(@Query('after') after = '0', @Query('limit') limit = `${DEFAULT_LIMIT}`): AcceptedMessage[] {
    return this.store.after(Number(after) || 0, Number(limit) || DEFAULT_LIMIT).map(toAcceptedMessage);
  }

  @Get('templates')
  templates(): TemplatePreview[] {
    return this.contents.all().map(toTemplatePreview);
  }

  @Get('webhooks')
  webhooks(@Query('after') after = '0', @Query('limit') limit = `${DEFAULT_LIMIT}`): WebhookExchange[] {
    return this.log.after(Number(after) || 0, Number(limit) || DEFAULT_LIMIT);
  }

  @Get('counters')
  count(): Record<string, number | null> {
    return this.counters.read();
  }

  @Get('faults')
  faultsInForce(): object {
    return this.faults.describe();
  }

  @Put('faults')
  setFaults(@Body() body: unknown): object {
    this.faults.set(readFaults(body));
    this.events.publish(() => ({ type: 'faults' }));
    return this.faults.describe();
  }

  @Delete('faults')
  @HttpCode(204)
  resetFaults(): void {
    this.faults.reset();
    this.events.publish(() => ({ type: 'faults' }));
  }

  @Get('media/:sid')
  media(@Param('sid') sid: string, @Res() reply: FastifyReply): void {
    const media = this.store.findMedia(sid);
    if (!media) {
      throw new NotFoundException();
    }
    // A file that a test uploaded must never run as a page of this origin.
    void reply
      .header('content-security-policy', "sandbox; default-src 'none'")
      .header('x-content-type-options', 'nosniff')
      .type(media.contentType)
      .send(media.bytes);
  }

  @Sse('events')
  stream(): Observable<{ data: SimulatorEvent }> {
    return this.events.stream().pipe(map((data) => ({ data })));
  }
}
