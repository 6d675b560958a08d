import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IngressModule } from '@app/ingress';
import { ComparedRepository } from './compared.repository';
import { InboundReconciler } from './inbound-reconciler';
import { OutboundReconciler } from './outbound-reconciler';
import { Reconciler } from './reconciler';
import { WatermarkEntity } from './watermark.entity';
import { WatermarksRepository } from './watermarks.repository';

/** The reconciler: the fourth way in. */
@Module({
  imports: [TypeOrmModule.forFeature([WatermarkEntity]), IngressModule],
  providers: [Reconciler, InboundReconciler, OutboundReconciler, ComparedRepository, WatermarksRepository],
  exports: [Reconciler],
})
export class ReconciliationModule {}
