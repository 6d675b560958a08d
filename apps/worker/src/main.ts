import './give-way';
import { loadSettings, readEnvironment } from '@app/config';
import { assertSchemaIsCurrent } from '@app/database';
import { runProcess } from '@app/platform';
import { createWorker } from './create-worker';

void runProcess(async () => {
  const settings = loadSettings(readEnvironment(), { distributed: true });
  await assertSchemaIsCurrent(settings.databaseUrl);
  const app = await createWorker(settings);
  await app.listen(settings.workerPort, settings.host);
  return app;
});
