import { Module } from '@nestjs/common';
import { ReconciliationModule } from '@app/reconciliation';
import { ReconciliationController } from './reconciliation.controller';

/** Staff route of the reconciler. */
@Module({ imports: [ReconciliationModule], controllers: [ReconciliationController] })
export class ReconciliationApiModule {}
