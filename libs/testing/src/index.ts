export { PhoneDriver, SimulatorDriver } from './simulator-driver';
export type * from './simulator-messages';
export { testDatabase, type TestDatabase } from './test-database';
export { until } from './until';
