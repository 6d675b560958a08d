import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IngressModule } from '@app/ingress';
import { OutboxModule } from '@app/outbox';
import { ComparedRepository } from './compared.repository';
import { InboundReconciler } from './inbound-reconciler';
import { OutboundReconciler } from './outbound-reconciler';
import { Reconciler } from './reconciler';
import { UncertainReconciler } from './uncertain-reconciler';
import { WatermarkEntity } from './watermark.entity';
import { WatermarksRepository } from './watermarks.repository';

/** The reconciler: the fourth way in. */
@Module({
  imports: [TypeOrmModule.forFeature([WatermarkEntity]), IngressModule, OutboxModule],
  providers: [
    Reconciler,
    InboundReconciler,
    OutboundReconciler,
    UncertainReconciler,
    ComparedRepository,
    WatermarksRepository,
  ],
  exports: [Reconciler, UncertainReconciler],
})
export class ReconciliationModule {}
