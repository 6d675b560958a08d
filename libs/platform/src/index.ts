export { CoreModule } from './core.module';
export { drainConnections } from './drain-connections';
export { migrateDatabase, seedDatabase, type Seeded } from './prepare-database';
export { runProcess, type RunningProcess } from './run-process';
