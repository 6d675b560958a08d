export { SimulatorDriver } from './simulator-driver';
export { testDatabase, type TestDatabase } from './test-database';
export { until } from './until';
