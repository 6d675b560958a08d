import { join } from 'node:path';
import type { Environment } from '@app/config';
import { startEmbeddedPostgres } from '@app/database';
import { migrateDatabase, type RunningProcess, seedDatabase } from '@app/platform';
import { createApi } from '../../api/src/create-api';
import { WorkerModule } from '../../worker/src/worker.module';
import { Closers } from './closers';
import { lockHome } from './home-lock';
import { startSimulatorProcess } from './simulator-process';
import { standaloneSettings } from './standalone-settings';
import { welcome } from './welcome';

/** The whole shop in one command: database, schema, demo shop, simulator, API and worker. */
export async function startStandalone(environment: Environment): Promise<RunningProcess> {
  const startedAt = Date.now();
  const prepared = standaloneSettings(environment);
  const { usesSimulator, usesEmbeddedDatabase, databasePassword, adminPassword } = prepared;
  const closers = new Closers();
  try {
    const home = prepared.settings.pasalHome;
    closers.add(await lockHome(home));
    let { settings } = prepared;
    if (usesEmbeddedDatabase) {
      const postgres = await startEmbeddedPostgres({
        home: join(home, 'postgres'),
        password: databasePassword,
      });
      closers.add(() => postgres.stop());
      settings = { ...settings, databaseUrl: postgres.url() };
    }
    await migrateDatabase(settings.databaseUrl);
    const seeded = await seedDatabase(settings.databaseUrl, {
      email: settings.adminEmail,
      password: adminPassword,
    });
    const app = await createApi(settings, [WorkerModule]);
    closers.add(() => app.close());
    await app.listen(settings.port, settings.host);
    if (usesSimulator) {
      const { twilioAccountSid, twilioAuthToken, simulatorPort, host, webhookUrl, shopName } = settings;
      closers.add(
        await startSimulatorProcess({
          ...environment,
          TWILIO_ACCOUNT_SID: twilioAccountSid,
          TWILIO_AUTH_TOKEN: twilioAuthToken,
          SIMULATOR_PORT: String(simulatorPort),
          HOST: host,
          WEBHOOK_URL: webhookUrl,
          SHOP_NAME: shopName,
        }),
      );
    }
    process.stdout.write(
      welcome({
        settings,
        usesSimulator,
        usesEmbeddedDatabase,
        newAdminPassword: seeded.admin ? adminPassword : undefined,
        seconds: (Date.now() - startedAt) / 1_000,
      }),
    );
  } catch (error) {
    await closers.close();
    throw error;
  }
  return closers;
}
