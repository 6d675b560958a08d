export { numberColumn } from './columns';
export { Database, queryRows, type Tx } from './database';
export { DatabaseModule, INGEST_POOL } from './database.module';
export {
  type EmbeddedOptions,
  type EmbeddedServer,
  startEmbeddedPostgres,
} from './embedded/embedded-postgres';
export { assertSchemaIsCurrent, migrateSchema, transactionOn } from './schema';
