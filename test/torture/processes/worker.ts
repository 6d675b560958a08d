import '../../../apps/worker/src/give-way';
import { loadSettings, readEnvironment } from '@app/config';
import { assertSchemaIsCurrent } from '@app/database';
import { runProcess } from '@app/platform';
import { createWorker } from '../../../apps/worker/src/create-worker';
import { plant } from '../planted/plant';
import { sayUp, TortureModule } from './torture.module';

void runProcess(async () => {
  plant();
  const settings = loadSettings(readEnvironment(), { distributed: true });
  await assertSchemaIsCurrent(settings.databaseUrl);
  const app = await createWorker(settings, [TortureModule]);
  await app.listen(settings.workerPort, settings.host);
  sayUp();
  return app;
});
