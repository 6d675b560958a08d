export { RatesModule } from './rates.module';
export { SendRates } from './send-rates';
