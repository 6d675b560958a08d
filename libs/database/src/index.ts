export { numberColumn } from './columns';
export { Database } from './database';
export { DatabaseModule, INGEST_POOL } from './database.module';
export {
  type EmbeddedOptions,
  type EmbeddedServer,
  startEmbeddedPostgres,
} from './embedded/embedded-postgres';
export { inSavepoint } from './savepoint';
export { assertSchemaIsCurrent, migrateSchema, transactionOn } from './schema';
export { isConflict, isNobodysFault, isRefusedRow, isUnavailable } from './failure';
export { queryRows, type Tx } from './tx';
