export { readPeriodMs } from './domain/period';
export type { InboundCounts } from './inbound-reconciler';
export type { OutboundCounts } from './outbound-reconciler';
export { Reconciler, type ReconciliationReport } from './reconciler';
export { ReconciliationModule } from './reconciliation.module';
export { UncertainReconciler } from './uncertain-reconciler';
