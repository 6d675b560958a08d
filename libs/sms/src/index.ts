export type { SmsCost, SmsCostLine } from './sms-costs.repository';
export { SmsCosts } from './sms-costs.service';
export { SmsFallback } from './sms-fallback.service';
export { SmsModule } from './sms.module';
