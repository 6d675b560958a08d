export { newCorrelationId } from './correlation';
export { maskAccount } from './mask-account';
export { maskAddress, maskAddressesIn } from './mask-address';
export { Metrics } from './metrics';
export { ObservabilityModule } from './observability.module';
export { PinoLogger as Log } from 'nestjs-pino';
