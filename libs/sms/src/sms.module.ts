import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OutboxModule } from '@app/outbox';
import { SmsCostEntity } from './sms-cost.entity';
import { SmsCostsRepository } from './sms-costs.repository';
import { SmsCosts } from './sms-costs.service';
import { SmsFallbackRepository } from './sms-fallback.repository';
import { SmsFallback } from './sms-fallback.service';

/** SMS in place of WhatsApp, and what they cost. Costs refer to conversations: whoever imports this brings these along. */
@Module({
  imports: [TypeOrmModule.forFeature([SmsCostEntity]), OutboxModule],
  providers: [SmsFallback, SmsFallbackRepository, SmsCosts, SmsCostsRepository],
  exports: [SmsFallback, SmsCosts],
})
export class SmsModule {}
