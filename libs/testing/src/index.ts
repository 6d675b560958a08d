export { S3Double } from './s3-double';
export { type PhoneDriver, SimulatorDriver } from './simulator-driver';
export type * from './simulator-messages';
export { testDatabase, type TestDatabase } from './test-database';
export { TEST_ACCOUNT_SID, TEST_AUTH_TOKEN, testSettings } from './test-settings';
export { until } from './until';
