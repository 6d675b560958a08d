import { Module, type DynamicModule } from '@nestjs/common';
import { Accounts } from './accounts';
import { ContentController } from './content/content.controller';
import { ContentStore } from './content/content-store';
import { ControlController } from './control/control.controller';
import { ControlService } from './control/control.service';
import { Counters } from './control/counters';
import { EventFeed } from './control/event-feed';
import { PhonesController } from './control/phones.controller';
import { EventStream } from './events/event-stream';
import { FaultBoard } from './faults/fault-board';
import { LiveSettings } from './live-settings';
import { DeliveryService } from './messages/delivery.service';
import { LinkedMedia } from './messages/linked-media';
import { MessageStore } from './messages/message-store';
import { PhoneBook } from './phones/phone-book';
import { PhoneService } from './phones/phone.service';
import { FaultInterceptor } from './rest/fault.interceptor';
import { MediaController } from './rest/media.controller';
import { MessagesController } from './rest/messages.controller';
import { MessagesService } from './rest/messages.service';
import { TwilioAuthGuard } from './rest/twilio-auth.guard';
import { TypingController } from './rest/typing.controller';
import { SIMULATOR_SETTINGS, type SimulatorSettings } from './simulator-settings';
import { CallbackDispatcher } from './webhooks/callback-dispatcher';
import { WebhookClient } from './webhooks/webhook-client';
import { WebhookLog } from './webhooks/webhook-log';

/** A double of Twilio: its REST API, its webhooks, and phones to write from. */
@Module({})
export class SimulatorModule {
  static forRoot(settings: SimulatorSettings): DynamicModule {
    return {
      module: SimulatorModule,
      controllers: [
        MessagesController,
        MediaController,
        TypingController,
        ContentController,
        PhonesController,
        ControlController,
      ],
      providers: [
        { provide: SIMULATOR_SETTINGS, useValue: settings },
        Accounts,
        LiveSettings,
        MessageStore,
        ContentStore,
        PhoneBook,
        FaultBoard,
        Counters,
        EventFeed,
        WebhookLog,
        WebhookClient,
        CallbackDispatcher,
        EventStream,
        DeliveryService,
        LinkedMedia,
        PhoneService,
        MessagesService,
        ControlService,
        TwilioAuthGuard,
        FaultInterceptor,
      ],
    };
  }
}
