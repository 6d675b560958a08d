import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { InboxModule } from '@app/inbox';
import { IngressModule } from '@app/ingress';
import { MediaModule } from '@app/media';
import { OutboxModule } from '@app/outbox';
import { RatesModule } from '@app/rates';
import { DependencyHealth } from './dependency-health';
import { HealthController } from './health.controller';
import { MetricsController } from './metrics.controller';

/** What orchestrators and monitors ask of every process: health and metrics. */
@Module({
  imports: [
    TerminusModule.forRoot({ logger: false }),
    InboxModule,
    IngressModule,
    MediaModule,
    OutboxModule,
    RatesModule,
  ],
  controllers: [HealthController, MetricsController],
  providers: [DependencyHealth],
})
export class ProbesModule {}
