import { join } from 'node:path';
import { type Environment, openHome } from '@app/config';
import { startEmbeddedPostgres } from '@app/database';
import { migrateDatabase, type RunningProcess, seedDatabase } from '@app/platform';
import { createApi } from '../../api/src/create-api';
import { WorkerModule } from '../../worker/src/worker.module';
import { Closers } from './closers';
import { assertPortIsFree } from './free-port';
import { lockHome } from './home-lock';
import { startSimulatorProcess } from './simulator-process';
import { type StandaloneSettings, standaloneSettings } from './standalone-settings';
import { welcome } from './welcome';

/**
 * The whole shop in one command: database, schema, demo shop, simulator, API and worker.
 * @param stopping ends a start early, with everything closed again
 */
export async function startStandalone(
  environment: Environment,
  stopping: AbortSignal,
): Promise<RunningProcess> {
  const startedAt = Date.now();
  const closers = new Closers();
  try {
    const home = openHome(environment['PASAL_HOME']);
    // Before the secrets: of two first starts only one may make them.
    closers.add(await lockHome(home));
    const prepared = standaloneSettings(environment, home);
    const { port, simulatorPort, host, adminEmail } = prepared.settings;
    await assertPortIsFree(port, host);
    if (prepared.usesSimulator) {
      await assertPortIsFree(simulatorPort, host);
    }
    const databaseUrl = await startNeighbours(prepared, environment, closers);
    const settings = { ...prepared.settings, databaseUrl };
    stopping.throwIfAborted();
    await migrateDatabase(databaseUrl);
    const seeded = await seedDatabase(databaseUrl, { email: adminEmail, password: prepared.adminPassword });
    stopping.throwIfAborted();
    const app = await createApi(settings, [WorkerModule]);
    closers.add(() => app.close());
    await app.listen(port, host);
    stopping.throwIfAborted();
    const seconds = (Date.now() - startedAt) / 1_000;
    process.stdout.write(welcome({ ...prepared, adminIsNew: seeded.admin, seconds }));
  } catch (error) {
    await closers.close();
    throw error;
  }
  return closers;
}

/** The simulator and the embedded database, at the same time. Returns the database's URL. */
async function startNeighbours(
  prepared: StandaloneSettings,
  environment: Environment,
  closers: Closers,
): Promise<string> {
  const { settings, usesSimulator, usesEmbeddedDatabase, databasePassword } = prepared;
  const startDatabase = async (): Promise<string> => {
    if (!usesEmbeddedDatabase) {
      return settings.databaseUrl;
    }
    const home = join(settings.pasalHome, 'postgres');
    const postgres = await startEmbeddedPostgres({ home, password: databasePassword });
    closers.add(() => postgres.stop());
    return postgres.url();
  };
  const startSimulator = async (): Promise<void> => {
    if (usesSimulator) {
      const { twilioAccountSid, twilioAuthToken, twilioSmsFrom, simulatorPort, host, webhookUrl, shopName } =
        settings;
      closers.add(
        await startSimulatorProcess({
          ...environment,
          TWILIO_ACCOUNT_SID: twilioAccountSid,
          TWILIO_AUTH_TOKEN: twilioAuthToken,
          TWILIO_SMS_FROM: twilioSmsFrom,
          SIMULATOR_PORT: String(simulatorPort),
          HOST: host,
          WEBHOOK_URL: webhookUrl,
          SHOP_NAME: shopName,
        }),
      );
    }
  };
  // Both to their end, so that a failure of one leaves nothing of the other behind.
  const [simulator, database] = await Promise.allSettled([startSimulator(), startDatabase()]);
  if (simulator.status === 'rejected') {
    throw simulator.reason;
  }
  if (database.status === 'rejected') {
    throw database.reason;
  }
  return database.value;
}
