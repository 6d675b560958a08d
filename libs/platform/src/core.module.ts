import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule, type Settings } from '@app/config';
import { DatabaseModule } from '@app/database';
import { FailpointsModule } from '@app/failpoints';
import { ObservabilityModule } from '@app/observability';
import { QueueModule } from '@app/queue';
import { TwilioModule } from '@app/twilio';

/** What every process stands on: settings, logs and metrics, PostgreSQL, the queue, Twilio. */
@Module({})
export class CoreModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: CoreModule,
      imports: [
        ConfigModule.forRoot(settings),
        ObservabilityModule,
        FailpointsModule,
        DatabaseModule,
        QueueModule,
        TwilioModule,
      ],
    };
  }
}
